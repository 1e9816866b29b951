import { Code, Columns2, Heading, Image, Mail, Minus, MousePointerClick, Package, SeparatorHorizontal, Text, type LucideIcon } from "lucide-react";
import { texts } from "../texts.ts";
import type { Block, Item, Kind } from "./items.ts";

export const icons: Record<Kind, LucideIcon> = {
  heading: Heading,
  text: Text,
  button: MousePointerClick,
  image: Image,
  divider: Minus,
  spacer: SeparatorHorizontal,
  products: Package,
  columns: Columns2,
  html: Code,
  footer: Mail,
};

/** What can stand in a column. */
export const leaves: readonly Kind[] = ["heading", "text", "button", "image", "products", "divider", "spacer"];
export const all: readonly Kind[] = [...leaves, "columns", "html", "footer"];

const blanks: Record<Kind, () => Block> = {
  heading: () => ({ type: "heading", text: "", level: 1, align: "start" }),
  text: () => ({ type: "text", text: "", align: "start" }),
  button: () => ({ type: "button", label: "", url: "https://", align: "start", color: null }),
  image: () => ({ type: "image", src: "https://", alt: "", width: 600, url: "", align: "center" }),
  divider: () => ({ type: "divider", color: null }),
  spacer: () => ({ type: "spacer", height: 24 }),
  products: () => ({ type: "products", source: "", items: [], most: 10, show_images: true, show_prices: true }),
  columns: () => ({ type: "columns", columns: [{ blocks: [] }, { blocks: [] }] }),
  html: () => ({ type: "html", html: "" }),
  footer: () => ({ type: "footer", text: "", address: "", unsubscribe: texts.t("footer.unsubscribe.blank"), preferences: texts.t("footer.preferences.blank") }),
};
export const blank = (kind: Kind): Block => blanks[kind]();

/** The beginning of what a block says, for its line in the list. */
export function summary({ block }: Item): string {
  switch (block.type) {
    case "heading":
    case "text":
    case "footer":
      return block.text ?? "";
    case "button":
      return block.label;
    case "image":
      return block.alt || block.src;
    case "html":
      return block.html;
    case "products":
      return block.source || (block.items ?? []).map(({ title }) => title).join(", ");
    case "columns":
    case "divider":
    case "spacer":
      return "";
  }
}

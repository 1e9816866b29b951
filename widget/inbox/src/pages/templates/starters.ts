import type { TemplateView } from "#shared/wire.ts";
import { currentLocale } from "../../i18n/locale.ts";
import { texts } from "./texts.ts";

type Written = Pick<TemplateView, "name" | "subject" | "preheader" | "language" | "style" | "blocks">;
type Block = Written["blocks"][number];

export const starters = ["welcome", "newsletter", "cart", "order", "shipping", "blank"] as const;
export type Starter = (typeof starters)[number];

const PLAIN: Written["style"] = { background: "#f4f4f5", surface: "#ffffff", color: "#18181b", accent: "#2f6f5e", font: "sans", width: 600 };
const SITE = "https://example.com";

/**
 * A template to begin with, in the reader's language. `fields` are the names of what can be named here: without a shop there are no orders, and a
 * starter says the same without them.
 */
export function started(starter: Starter, fields: ReadonlySet<string>): Written {
  const { t } = texts;
  /** What somebody has of this, with words for who has none; without such a field, the words. */
  const tag = (words: string, name: string): string => (fields.has(name) ? (words ? `{{ ${name} | ${words} }}` : `{{ ${name} }}`) : words);
  const address = (path: string, name: string): string => (fields.has(name) ? `{{ ${name} }}` : SITE + path);
  const person = tag(t("starter.you"), "contact.first_name");
  const us = tag(t("starter.us"), "organization.name");
  const number = tag("", "order.number");
  const heading = (text: string): Block => ({ type: "heading", text, level: 1, align: "start" });
  const words = (text: string): Block => ({ type: "text", text, align: "start" });
  const button = (label: string, url: string): Block => ({ type: "button", label, url, align: "start", color: null });
  const products = (source: string): Block[] => (fields.has(source) ? [{ type: "products", source, items: [], most: 10, show_images: true, show_prices: true }] : []);
  /** Of an order that has no number here. */
  const joined = (text: string): string => text.replaceAll(/ {2,}/g, " ").trim();
  const bottom: Block[] = [
    { type: "divider", color: null },
    { type: "footer", text: t("starter.footer", { us }), address: "", unsubscribe: t("footer.unsubscribe.blank"), preferences: t("footer.preferences.blank") },
  ];
  const made = (subject: string, preheader: string, blocks: Block[]): Written => ({ name: t(`starter.${starter}`), subject, preheader, language: currentLocale(), style: PLAIN, blocks });

  switch (starter) {
    case "welcome":
      return made(t("starter.welcome.subject", { us }), t("starter.welcome.preheader"), [heading(t("starter.welcome.heading", { person })), words(t("starter.welcome.text", { us })), button(t("starter.welcome.button"), SITE), ...bottom]);
    case "newsletter":
      return made(t("starter.newsletter.subject", { us }), t("starter.newsletter.preheader"), [
        heading(t("starter.newsletter.heading")),
        words(t("starter.newsletter.text", { person })),
        { type: "columns", columns: [{ blocks: [{ type: "heading", text: t("starter.newsletter.first"), level: 3, align: "start" }, { type: "text", text: t("starter.newsletter.first.text"), align: "start" }] }, { blocks: [{ type: "heading", text: t("starter.newsletter.second"), level: 3, align: "start" }, { type: "text", text: t("starter.newsletter.second.text"), align: "start" }] }] },
        button(t("starter.newsletter.button"), `${SITE}/news`),
        ...bottom,
      ]);
    case "cart":
      return made(t("starter.cart.subject"), t("starter.cart.preheader"), [heading(t("starter.cart.heading", { person })), words(t("starter.cart.text")), ...products("cart.items"), button(t("starter.cart.button"), address("/cart", "cart.url")), ...bottom]);
    case "order":
      return made(joined(t("starter.order.subject", { number })), t("starter.order.preheader"), [heading(t("starter.order.heading", { person })), words(joined(t("starter.order.text", { number }))), ...products("order.items"), button(t("starter.order.button"), address("/orders", "order.url")), ...bottom]);
    case "shipping":
      return made(joined(t("starter.shipping.subject", { number })), t("starter.shipping.preheader"), [heading(t("starter.shipping.heading", { person })), words(t("starter.shipping.text")), button(t("starter.shipping.button"), address("/tracking", "order.tracking_url")), ...products("order.items"), ...bottom]);
    case "blank":
      return { ...made("", "", bottom), name: "" };
  }
}

import { Search } from "lucide-react";
import { app } from "../i18n/app.ts";
import { overlay } from "../shell/overlays.ts";
import type { Action } from "./registry.ts";

export const openPalette: Action = {
  name: "app.palette",
  label: () => app.t("action.palette"),
  group: "app",
  icon: Search,
  shortcut: "mod+k",
  when: () => overlay.get() !== "palette",
  perform: () => overlay.set("palette"),
};

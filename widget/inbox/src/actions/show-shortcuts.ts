import { Keyboard } from "lucide-react";
import { app } from "../i18n/app.ts";
import { overlay } from "../shell/overlays.ts";
import type { Action } from "./registry.ts";

export const showShortcuts: Action = {
  name: "app.shortcuts",
  label: () => app.t("action.shortcuts"),
  group: "app",
  icon: Keyboard,
  shortcut: "?",
  perform: () => overlay.set("shortcuts"),
};

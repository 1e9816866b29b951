import { KeyboardOff } from "lucide-react";
import { app } from "../i18n/app.ts";
import { setSingleKeys, singleKeys, type Action } from "./registry.ts";

export const toggleSingleKeys: Action = {
  name: "app.single-keys",
  label: () => app.t(singleKeys.get() ? "action.keys.off" : "action.keys.on"),
  group: "app",
  icon: KeyboardOff,
  perform: () => setSingleKeys(!singleKeys.get()),
};

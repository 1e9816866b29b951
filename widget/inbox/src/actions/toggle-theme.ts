import { SunMoon } from "lucide-react";
import { app } from "../i18n/app.ts";
import { isDark, setTheme } from "../theme/theme.ts";
import type { Action } from "./registry.ts";

export const toggleTheme: Action = {
  name: "app.theme",
  label: () => app.t("action.theme"),
  group: "app",
  icon: SunMoon,
  keywords: () => app.t("menu.theme"),
  perform: () => setTheme(isDark() ? "light" : "dark"),
};

import { Languages } from "lucide-react";
import { app } from "../i18n/app.ts";
import { currentLocale, locales, setLocale, type Locale } from "../i18n/locale.ts";
import type { Action } from "./registry.ts";

/** One action for each language that is not on. */
export const switchLanguage: Action[] = Object.entries(locales).map(([locale, language]) => ({
  name: `app.language.${locale}`,
  label: () => app.t("action.language", { language }),
  group: "app",
  icon: Languages,
  keywords: () => app.t("menu.language"),
  when: () => currentLocale() !== locale,
  perform: () => setLocale(locale as Locale),
}));

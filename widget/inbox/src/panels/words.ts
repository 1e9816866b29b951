import { useMemo } from "react";
import { useLocale } from "../i18n/locale.ts";
import type { Texts } from "../i18n/texts.ts";
import { worded } from "./worded.ts";

/** A module's page brings the words of its panels: a panel without any shows what the server wrote. */
const groups = Object.values(import.meta.glob<Texts<object>>("../pages/*/module.panels.ts", { eager: true, import: "words" }));
await Promise.all(groups.map(({ ready }) => ready));

function say(text: string): string {
  for (const { t } of groups) {
    const known = t(text as never);
    if (known !== text) return known;
  }
  return text;
}

/** Says a panel's texts in the language that is on. */
export function usePanelWords(): (text: string) => string {
  const locale = useLocale();
  return useMemo(() => {
    const days = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
    return (text) => worded(text, say, (at) => days.format(at));
  }, [locale]);
}

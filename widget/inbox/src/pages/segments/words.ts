import { useCallback } from "react";
import { useLocale } from "../../i18n/locale.ts";
import { defineTexts, type Texts } from "../../i18n/texts.ts";
import en from "./words/en.json";

/** What core calls its fields and comparisons; the server writes them in English. */
const own = defineTexts(en, import.meta.glob(["./words/*.json", "!./words/en.json"]));
/** A module's page brings the words of its fields: one without any is called as the server calls it. */
const groups: Texts<object>[] = [own, ...Object.values(import.meta.glob<Texts<object>>("../*/module.fields.ts", { eager: true, import: "words" }))];
await Promise.all(groups.map(({ ready }) => ready));

/** Says the names of fields, groups, comparisons and choices in the language that is on. */
export function useFieldWords(): (text: string) => string {
  const locale = useLocale();
  return useCallback(
    (text) => {
      for (const { t } of groups) {
        const known = t(text as never);
        if (known !== text) return known;
      }
      return text;
    },
    // oxlint-disable-next-line react/exhaustive-deps -- the words are others in another language
    [locale],
  );
}

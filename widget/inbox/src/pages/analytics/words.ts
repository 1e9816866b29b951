import { useMemo } from "react";
import { useLocale } from "../../i18n/locale.ts";
import en from "./texts/en.json";
import { texts } from "./texts.ts";

type Text = keyof typeof en;

const isText = (key: string): key is Text => key in en;

interface Words {
  metric: (key: string, label: string) => string;
  formula: (key: string, formula: string) => string;
  part: (key: string, label: string) => string;
  /** What a row of a table is about. */
  row: (table: string, key: string, label: string) => string;
}

/** What the server says in English, in the reader's language: as far as this page knows it, else as it comes. */
export function useWords(): Words {
  const t = texts.use();
  const locale = useLocale();
  return useMemo(() => wordsIn(locale, t), [locale, t]);
}

function wordsIn(locale: string, t: typeof texts.t): Words {
  const say = (key: string, otherwise: string): string => (isText(key) && (locale !== "en" || !key.startsWith("formula.")) ? t(key as never) : otherwise);
  return {
    metric: (key, label) => say(`metric.${key}`, label),
    formula: (key, formula) => say(`formula.${key}`, formula),
    part: (key, label) => say(`part.${key}`, label),
    row: (table, key, label) => {
      if (label) return label;
      if (table === "reason" || table === "exit") return say(`reason.${key}`, key.replaceAll("_", " "));
      if (table === "channel") return say(`channel.${key}`, key);
      if (table === "tag" || table === "currency" || table === "platform" ) return key;
      if (table === "mailing" || table === "source" || table === "workflow") return t("row.unnamed", { number: key });
      return t("row.gone", { number: key });
    },
  };
}

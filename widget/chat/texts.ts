import { translate, type Key, type Messages, type Values } from "../shared/i18n.ts";
import en from "./en.json";
import type more from "./reading.en.json";

export type Say = (key: Key<typeof en & typeof more>, values?: Values) => string;
export interface Tongue {
  /** The language of the texts. */
  say: Say;
  /** The language and region of times and numbers. */
  locale: string;
}

/** The English texts of what is loaded: those of conversations and articles come with them. */
export const english: Record<string, string> = { ...en };
const loaded: Record<string, Messages> = { en: english };

/** The texts for a locale; English where there is no translation. */
export async function tongue(locale: string): Promise<Tongue> {
  const language = /^ar\b/.test(locale) ? "ar" : "en";
  loaded[language] ??= (await import("./arabic.ts")).arabic;
  const known = loaded[language];
  // Times in the language of the texts, with the visitor's region where it is the same language.
  const own = locale.startsWith(language) ? locale : language;
  return { locale: own, say: (key, values) => translate(known, own, key, values) ?? key };
}

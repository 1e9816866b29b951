import { translate, type Key, type Messages, type Values } from "#shared/i18n.ts";
import { currentLocale, useLocale, whenLocale, type Locale } from "./locale.ts";

export type Translate<M> = (key: Key<M>, values?: Values) => string;

export interface Texts<M> {
  /** For components: they are drawn again when the language changes. */
  use: () => Translate<M>;
  /** For code outside components, such as an action's label. */
  t: Translate<M>;
  /** Resolves when the texts of the current language are there. */
  ready: Promise<void>;
}

type Load = () => Promise<{ default: Messages }>;

/**
 * One folder of texts: English comes with the code, other languages when they are asked for.
 *
 *     export const texts = defineTexts(en, import.meta.glob(["./texts/*.json", "!./texts/en.json"]));
 *     await texts.ready;
 */
export function defineTexts<M extends Messages>(en: M, files: Record<string, () => Promise<unknown>>): Texts<M> {
  const known = new Map<Locale, Messages>([["en", en]]);
  const ready = whenLocale(async (locale) => {
    const load = Object.entries(files).find(([path]) => path.endsWith(`/${locale}.json`))?.[1] as Load | undefined;
    if (!known.has(locale) && load) known.set(locale, (await load()).default);
  });
  const t: Translate<M> = (key, values) => {
    const locale = currentLocale();
    return translate(known.get(locale) ?? en, locale, key, values) ?? translate(en, "en", key, values) ?? key;
  };
  const use = (): Translate<M> => {
    useLocale();
    return t;
  };
  return { use, t, ready };
}

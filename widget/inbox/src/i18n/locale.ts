import { direction, negotiate } from "#shared/i18n.ts";
import { isOneOf, load, save } from "#shared/storage.ts";
import { store } from "#shared/store.ts";
import { useStore } from "../use-store.ts";

/** The languages every text exists in, each named in itself. */
export const locales = { en: "English", ar: "العربية" } as const;
export type Locale = keyof typeof locales;

const available = Object.keys(locales) as Locale[];
const isLocale = isOneOf(...available);
/** What must be loaded before a language can be shown: one per group of texts in use. */
const loaders = new Set<(locale: Locale) => Promise<void>>();

const locale = store<Locale>(
  load("locale", undefined, (value): value is Locale | undefined => isLocale(value)) ?? (negotiate(navigator.languages, available) as Locale),
);

function apply(): void {
  document.documentElement.lang = locale.get();
  document.documentElement.dir = direction(locale.get());
}
apply();

export const currentLocale = locale.get;
export const useLocale = (): Locale => useStore(locale);
export const useDirection = (): "ltr" | "rtl" => direction(useLocale());

/** Switches the whole interface once all texts on screen are there. */
export async function setLocale(next: Locale): Promise<void> {
  await Promise.all([...loaders].map((loader) => loader(next)));
  save("locale", next);
  locale.set(next);
  apply();
}

/** Has `loader` bring its texts now for the current language, and later for each new one. */
export function whenLocale(loader: (locale: Locale) => Promise<void>): Promise<void> {
  loaders.add(loader);
  return loader(locale.get());
}

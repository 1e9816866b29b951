/** Texts of both apps: flat JSON per locale, `{name}` placeholders, plural forms as `key_one`, `key_other` by Intl. */

export type Messages = Readonly<Record<string, string>>;
export type Values = Readonly<Record<string, string | number>>;

type Plural = "zero" | "one" | "two" | "few" | "many" | "other";
/** The keys that callers use: `unread_one` and `unread_other` are asked for as `unread`, with a `count`. */
export type Key<M> = { [K in keyof M & string]: K extends `${infer Base}_${Plural}` ? Base : K }[keyof M & string];

const rules = new Map<string, Intl.PluralRules>();
const numbers = new Map<string, Intl.NumberFormat>();

function plural(locale: string, count: number): string {
  let rule = rules.get(locale);
  if (!rule) rules.set(locale, (rule = new Intl.PluralRules(locale)));
  return rule.select(count);
}

function write(locale: string, value: string | number): string {
  if (typeof value === "string") return value;
  let format = numbers.get(locale);
  if (!format) numbers.set(locale, (format = new Intl.NumberFormat(locale)));
  return format.format(value);
}

/** The text of `key`, or `undefined` when these messages do not have it. */
export function translate(messages: Messages, locale: string, key: string, values?: Values): string | undefined {
  const count = values?.["count"];
  const text = (typeof count === "number" ? (messages[`${key}_${plural(locale, count)}`] ?? messages[`${key}_other`]) : undefined) ?? messages[key];
  return values && text?.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? write(locale, values[name]!) : whole)) || text;
}

export const direction = (locale: string): "ltr" | "rtl" => (/^(ar|fa|he|ur|ckb|ps|yi)\b/.test(locale) ? "rtl" : "ltr");

/** The first of the user's languages that we have, else the first we have. */
export function negotiate(wanted: readonly string[], available: readonly string[]): string {
  for (const tag of wanted) {
    const found = available.find((locale) => locale === tag) ?? available.find((locale) => locale === tag.split("-")[0]);
    if (found) return found;
  }
  return available[0]!;
}

/** Times for people, by Intl alone. `at` is what the wire carries: an ISO 8601 string, or milliseconds. */

type At = string | number | Date;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const units = [
  ["year", 365 * DAY],
  ["month", 30 * DAY],
  ["week", 7 * DAY],
  ["day", DAY],
  ["hour", HOUR],
  ["minute", MINUTE],
] as const;

const formatters = new Map<string, unknown>();

/** Intl objects cost up to a millisecond each to make: every list row shares them. */
function cached<T>(kind: string, locale: string, make: () => T): T {
  const key = `${kind}|${locale}`;
  let formatter = formatters.get(key) as T | undefined;
  if (formatter === undefined) formatters.set(key, (formatter = make()));
  return formatter;
}

function dates(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return cached(JSON.stringify(options), locale, () => new Intl.DateTimeFormat(locale, options));
}

const ms = (at: At): number => (typeof at === "number" ? at : new Date(at).getTime());

function relative(locale: string, style: "long" | "short"): Intl.RelativeTimeFormat {
  return cached(`relative-${style}`, locale, () => new Intl.RelativeTimeFormat(locale, { numeric: "auto", style }));
}

/** "3 min. ago", "in 2 hr.", "yesterday"; under a minute "now". */
export function ago(at: At, locale: string, now: number = Date.now(), style: "long" | "short" = "short"): string {
  const difference = ms(at) - now;
  for (const [unit, length] of units) {
    if (Math.abs(difference) >= length) return relative(locale, style).format(Math.trunc(difference / length), unit);
  }
  return relative(locale, style).format(0, "second");
}

/** A length of time in the narrowest form, for list rows and badges: "45s", "3m", "2h", "4d". */
export function elapsed(length_ms: number, locale: string): string {
  const length = Math.max(0, length_ms);
  const [unit, size] =
    length >= DAY ? (["day", DAY] as const)
    : length >= HOUR ? (["hour", HOUR] as const)
    : length >= MINUTE ? (["minute", MINUTE] as const)
    : (["second", SECOND] as const);
  return cached(`unit-${unit}`, locale, () => new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "narrow" }))
    .format(Math.floor(length / size));
}

/** "14:05" or "2:05 PM", as the locale has it. */
export function clock(at: At, locale: string): string {
  return dates(locale, { hour: "numeric", minute: "2-digit" }).format(ms(at));
}

/** The heading of a day in a thread: "today", "yesterday", "Mon, Nov 3", "Nov 3, 2024". */
export function day(at: At, locale: string, now: number = Date.now()): string {
  const then = new Date(ms(at));
  const today = new Date(now);
  const midnight = (date: Date): number => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  const days = (midnight(then) - midnight(today)) / DAY;
  if (days === 0 || days === -1 || days === 1) return relative(locale, "long").format(days, "day");
  const year = then.getFullYear() === today.getFullYear() ? {} : ({ year: "numeric" } as const);
  return dates(locale, { month: "short", day: "numeric", ...(year.year ? year : { weekday: "short" }) }).format(then);
}

/** Date and time in full, for tooltips. */
export function full(at: At, locale: string): string {
  return dates(locale, { dateStyle: "full", timeStyle: "short" }).format(ms(at));
}

/** Milliseconds until the text of `ago` or `elapsed` may change: what a ticking label should sleep. */
export function nextChange(at: At, now: number = Date.now()): number {
  const age = Math.abs(now - ms(at));
  return age < MINUTE ? SECOND : age < HOUR ? MINUTE - (age % MINUTE) : HOUR - (age % HOUR);
}

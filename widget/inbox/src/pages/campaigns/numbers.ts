/** A part of a whole, as in "42 %"; nothing of nothing is no share. */
export const share = (part: number, whole: number, locale: string): string =>
  whole > 0 ? new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: part / whole < 0.1 ? 1 : 0 }).format(part / whole) : "–";

export const count = (value: number, locale: string): string => new Intl.NumberFormat(locale).format(value);

/** A time as clocks of the zone showed it that it was meant in. */
export const moment = (at: string, locale: string, timeZone: string): string => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone: timeZone || "UTC" }).format(new Date(at));

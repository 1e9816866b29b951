const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** "2.4 MB": bytes as people read them. */
export function sizeText(bytes: number, locale: string): string {
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(bytes, 1)) / 10)));
  const format = new Intl.NumberFormat(locale, { style: "unit", unit: units[step]!, unitDisplay: step === 0 ? "long" : "short", maximumFractionDigits: step > 1 ? 1 : 0 });
  return format.format(bytes / 1024 ** step);
}

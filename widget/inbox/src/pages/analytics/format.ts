import type { Measure, ReportTable } from "#shared/wire.ts";
import { useCallback } from "react";
import { useLocale } from "../../i18n/locale.ts";

type Unit = Measure["unit"];

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** How numbers of each unit are written in the reader's language. */
export function useFormat(): (value: number | null | undefined, unit: Unit, currency?: string) => string {
  const locale = useLocale();
  return useCallback((value, unit, currency) => written(locale, value, unit, currency), [locale]);
}

function written(locale: string, value: number | null | undefined, unit: Unit, currency: string | undefined): string {
  if (value === null || value === undefined) return "–";
  if (unit === "share") return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: value < 0.1 ? 1 : 0 }).format(value);
  if (unit === "money") return money(locale, value, currency);
  if (unit !== "seconds") return new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(value);
  const [size, name] = value >= 2 * DAY ? ([DAY, "day"] as const) : value >= HOUR ? ([HOUR, "hour"] as const) : value >= MINUTE ? ([MINUTE, "minute"] as const) : ([1, "second"] as const);
  return new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "short", maximumFractionDigits: size > MINUTE ? 1 : 0 }).format(value / size);
}

function money(locale: string, value: number, currency: string | undefined): string {
  try {
    return new Intl.NumberFormat(locale, { style: "currency", currency: currency ?? "", maximumFractionDigits: value >= 1000 ? 0 : 2 }).format(value);
  } catch {
    // A shop's own currency may have no code.
    return new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(value);
  }
}

/** By how much it changed, as a share of what it was; of shares, in points. Null: there is nothing to compare. */
export function changeOf({ value, before, unit }: Measure): number | null {
  if (value === null || before === null) return null;
  if (unit === "share") return value - before;
  return before === 0 ? null : (value - before) / before;
}

/** Whether the change is good news. Small ones are neither. */
export function isGood(measure: Measure): boolean | undefined {
  const change = changeOf(measure);
  if (change === null || Math.abs(change) < 0.005 || !measure.better) return undefined;
  return change > 0 === (measure.better === "more");
}

/** Of a row of money, its own currency. */
export const currencyOf = (table: ReportTable, key: string): string | undefined => (table.key === "currency" ? key : undefined);

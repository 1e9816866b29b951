import type { Raw } from "../model/definition.ts";

/** Spans of time in a step's config: `{"hours": 2}`, as the server adds them up. */

export const units = ["seconds", "minutes", "hours", "days", "weeks"] as const;
export type Unit = (typeof units)[number];
const seconds: Record<Unit, number> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400, weeks: 604_800 };
/** All by which a config says a span. */
export const spanFields = [...units, "duration", "unit"];

export interface Span {
  amount: number;
  unit: Unit;
}

const isUnit = (name: string): name is Unit => units.some((unit) => unit === name);
const amountOf = (value: unknown): number => (typeof value === "number" && Number.isFinite(value) ? value : 0);

/** One amount in one unit, however it was written; null: no time at all. */
export function spanOf(config: Raw): Span | null {
  const parts = new Map<Unit, number>();
  for (const unit of units) if (amountOf(config[unit]) > 0) parts.set(unit, amountOf(config[unit]));
  const unit = `${String(config["unit"] ?? "seconds").replace(/s$/, "")}s`;
  if (amountOf(config["duration"]) > 0 && isUnit(unit)) parts.set(unit, (parts.get(unit) ?? 0) + amountOf(config["duration"]));
  const [smallest] = parts.keys();
  if (smallest === undefined) return null;
  const total = [...parts].reduce((sum, [unit, amount]) => sum + amount * seconds[unit], 0);
  return { amount: total / seconds[smallest], unit: smallest };
}

/** What to set so that a config says just this span. */
export const written = ({ amount, unit }: Span): Raw => ({ ...Object.fromEntries(spanFields.map((name) => [name, undefined])), [unit]: amount });

/** "2 hours", in the reader's language. */
export const spanText = ({ amount, unit }: Span, locale: string): string =>
  new Intl.NumberFormat(locale, { style: "unit", unit: unit.slice(0, -1), unitDisplay: "long", maximumFractionDigits: 2 }).format(amount);

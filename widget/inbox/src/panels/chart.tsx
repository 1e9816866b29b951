import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import "./chart.css";
import { useLocale } from "../i18n/locale.ts";
import { useDark } from "../theme/theme.ts";

export interface Series {
  label: string;
  /** Null: there is nothing to say of that moment. */
  values: readonly (number | null)[];
}

interface ChartProps {
  /** Seconds since 1970, UTC. */
  at: number[];
  series: readonly Series[];
  /** What is drawn, for those who do not see it. */
  label: string;
  height: number;
  /** How far apart moments are. */
  step?: "hour" | "day" | "month";
  /** Whose clock it is drawn by. */
  zone?: string;
  /** How a value is written; must stay the same function. */
  format?: ((value: number) => string) | undefined;
  /** What lines between values may lie at; of times, not of tens. */
  marks?: number[];
}

const dates: Record<"hour" | "day" | "month", Intl.DateTimeFormatOptions> = {
  hour: { hour: "numeric", minute: "2-digit" },
  day: { month: "short", day: "numeric" },
  month: { month: "short", year: "numeric" },
};

/** Lines that differ also in their dashes: colour alone tells nothing to many. */
const inks = ["--info", "--success", "--ai", "--warning", "--danger"];
const dashes: number[][] = [[], [6, 3], [2, 3], [8, 3, 2, 3], [1, 2]];

const tens = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 1_000_000];

/** Lines over time. */
export default function Chart({ at, series, label, height, step = "day", zone = "UTC", format, marks = tens }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const dark = useDark();
  const locale = useLocale();

  useEffect(() => {
    const parent = box.current;
    if (!parent) return undefined;
    const style = getComputedStyle(parent);
    const ink = (name: string): string => style.getPropertyValue(name).trim();
    const date = new Intl.DateTimeFormat(locale, { ...dates[step], timeZone: zone });
    const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
    const write = format ?? ((value: number) => number.format(value));
    const axis = { stroke: ink("--faint"), font: `11px ${style.fontFamily}`, grid: { stroke: ink("--line"), width: 1 }, ticks: { show: false } };
    const plot = new uPlot(
      {
        width: parent.clientWidth,
        height,
        tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), zone),
        cursor: { points: { size: 7 }, drag: { x: false, y: false } },
        legend: { live: true },
        scales: { y: { range: (_, __, most) => [0, Math.max(4, most * 1.1)] } },
        axes: [
          { ...axis, grid: { show: false }, values: (_, values) => values.map((value) => date.format(value * 1000)), space: step === "hour" ? 80 : 64, size: 32 },
          { ...axis, values: (_, values) => values.map(write), size: format ? 64 : 40, incrs: marks },
        ],
        series: [
          { label: new Intl.DisplayNames(locale, { type: "dateTimeField" }).of(step) ?? "", value: (_, value) => (value == null ? "–" : date.format(value * 1000)) },
          ...series.map(({ label: name }, index) => ({
            label: name,
            stroke: ink(inks[index % inks.length]!),
            width: 2,
            dash: dashes[index % dashes.length]!,
            points: { show: at.length < 3 },
            value: (_: uPlot, value: number | null) => (value == null ? "–" : write(value)),
          })),
        ],
      },
      [at, ...series.map(({ values }) => [...values])],
      parent,
    );
    const observer = new ResizeObserver(() => plot.setSize({ width: parent.clientWidth, height }));
    observer.observe(parent);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the colours are read from the page
  }, [at, series, height, dark, locale, step, zone, format, marks]);

  return <div ref={box} role="img" aria-label={label} dir="ltr" className="chart w-full" />;
}

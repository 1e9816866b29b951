import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import "./chart.css";
import { useLocale } from "../i18n/locale.ts";
import { useDark } from "../theme/theme.ts";

export interface Series {
  label: string;
  values: number[];
}

interface ChartProps {
  /** Seconds since 1970, UTC. */
  at: number[];
  series: readonly Series[];
  /** What is drawn, for those who do not see it. */
  label: string;
  height: number;
}

/** Lines that differ also in their dashes: colour alone tells nothing to many. */
const inks = ["--info", "--success", "--ai", "--warning", "--danger"];
const dashes: number[][] = [[], [6, 3], [2, 3], [8, 3, 2, 3], [1, 2]];

/** Lines over days. */
export default function Chart({ at, series, label, height }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const dark = useDark();
  const locale = useLocale();

  useEffect(() => {
    const parent = box.current;
    if (!parent) return undefined;
    const style = getComputedStyle(parent);
    const ink = (name: string): string => style.getPropertyValue(name).trim();
    const date = new Intl.DateTimeFormat(locale, { month: "short", day: "numeric", timeZone: "UTC" });
    const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
    const axis = { stroke: ink("--faint"), font: `11px ${style.fontFamily}`, grid: { stroke: ink("--line"), width: 1 }, ticks: { show: false } };
    const plot = new uPlot(
      {
        width: parent.clientWidth,
        height,
        tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "UTC"),
        cursor: { points: { size: 7 }, drag: { x: false, y: false } },
        legend: { live: true },
        scales: { y: { range: (_, __, most) => [0, Math.max(4, most * 1.1)] } },
        axes: [
          { ...axis, grid: { show: false }, values: (_, values) => values.map((value) => date.format(value * 1000)), space: 64 },
          { ...axis, values: (_, values) => values.map((value) => number.format(value)), size: 40, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 10_000] },
        ],
        series: [
          { label: new Intl.DisplayNames(locale, { type: "dateTimeField" }).of("day") ?? "", value: (_, value) => (value == null ? "–" : date.format(value * 1000)) },
          ...series.map(({ label: name }, index) => ({
            label: name,
            stroke: ink(inks[index % inks.length]!),
            width: 2,
            dash: dashes[index % dashes.length]!,
            points: { show: at.length < 3 },
            value: (_: uPlot, value: number | null) => (value == null ? "–" : number.format(value)),
          })),
        ],
      },
      [at, ...series.map(({ values }) => values)],
      parent,
    );
    const observer = new ResizeObserver(() => plot.setSize({ width: parent.clientWidth, height }));
    observer.observe(parent);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the colours are read from the page
  }, [at, series, height, dark, locale]);

  return <div ref={box} role="img" aria-label={label} dir="ltr" className="chart w-full" />;
}

import type { ThresholdBin } from "#shared/wire.ts";
import { useLocale } from "../../../i18n/locale.ts";
import { texts } from "./texts.ts";

const WIDTH = 600;
const HEIGHT = 96;
const FOOT = 2;
/** Half of the slider's thumb, so that bars stand over the places they belong to. */
const PAD = 8;

interface HistogramProps {
  bins: readonly ThresholdBin[];
  value: number;
  inForce: number;
}

/** How many decisions there are of each confidence, from 0 to 1; the part that reviews call right or wrong in its colour. */
export function Histogram({ bins, value, inForce }: HistogramProps) {
  const t = texts.use();
  const locale = useLocale();
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const whole = new Intl.NumberFormat(locale);
  const most = Math.max(1, ...bins.map(({ n }) => n));
  const x = (share: number): number => PAD + share * (WIDTH - 2 * PAD);
  const tall = (n: number): number => (n / most) * (HEIGHT - 10);
  const parts = bins
    .filter(({ n }) => n > 0)
    .map(({ low, high, n }) => t("histogram.part", { low: percent.format(low), high: percent.format(high), n: whole.format(n) }))
    .join(" ");
  return (
    <div>
      <svg role="img" aria-label={`${t("histogram")} ${parts}`} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className="h-24 w-full">
        {bins.map(({ low, high, n, right, wrong }) => {
          const bar = { x: x(low) + 1, width: x(high) - x(low) - 2 };
          const foot = HEIGHT - FOOT;
          return (
            <g key={low} opacity={high <= value + 0.001 ? 0.45 : 1}>
              <rect {...bar} y={foot - tall(n)} height={tall(n)} className="fill-line-control" />
              <rect {...bar} y={foot - tall(right)} height={tall(right)} className="fill-success" />
              <rect {...bar} y={foot - tall(right) - tall(wrong)} height={tall(wrong)} className="fill-danger" />
            </g>
          );
        })}
        <path d={`M0 ${HEIGHT - FOOT / 2}H${WIDTH}`} className="fill-none stroke-line" />
        <path d={`M${x(inForce)} 0V${HEIGHT}`} className="fill-none stroke-muted" strokeDasharray="3 4" vectorEffect="non-scaling-stroke" />
        <path d={`M${x(value)} 0V${HEIGHT}`} className="fill-none stroke-accent-text" strokeWidth={2} vectorEffect="non-scaling-stroke" />
      </svg>
      <ul aria-hidden className="mb-1 flex flex-wrap gap-x-4 text-xs text-muted">
        {(
          [
            ["bg-line-control", "histogram.unseen"],
            ["bg-success", "histogram.right"],
            ["bg-danger", "histogram.wrong"],
          ] as const
        ).map(([tone, key]) => (
          <li key={key} dir="auto" className="flex items-center gap-1.5">
            <span className={`size-2.5 rounded-xs ${tone}`} />
            {t(key)}
          </li>
        ))}
      </ul>
    </div>
  );
}

import type { EvaluationView } from "#shared/wire.ts";
import { useLocale } from "../../../i18n/locale.ts";
import { texts } from "./texts.ts";

const WIDTH = 400;
const HEIGHT = 120;
const PAD = 10;

/** The share of questions that held, run by run. A drawing, and the same in words. */
export function Trend({ runs }: { runs: readonly EvaluationView[] }) {
  const t = texts.use();
  const locale = useLocale();
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const shares = runs.map(({ held, total }) => (total ? held / total : 0));
  const x = (place: number): number => 40 + (shares.length > 1 ? (place / (shares.length - 1)) * (WIDTH - 40 - PAD) : 0);
  const y = (share: number): number => PAD + (1 - share) * (HEIGHT - 2 * PAD);
  const told = t("checks.trend.text", { runs: shares.length, shares: shares.map((each) => percent.format(each)).join(", ") });
  return (
    <svg role="img" aria-label={`${t("checks.trend")}. ${told}`} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="w-full max-w-140 fill-muted text-[11px] [direction:ltr]">
      {[0, 0.5, 1].map((mark) => (
        <g key={mark}>
          <path d={`M40 ${y(mark)}H${WIDTH - PAD}`} className="fill-none stroke-line" />
          <text x={34} y={y(mark) + 4} textAnchor="end">
            {percent.format(mark)}
          </text>
        </g>
      ))}
      <polyline points={shares.map((share, place) => `${x(place)},${y(share)}`).join(" ")} className="fill-none stroke-accent-text" strokeWidth={1.5} />
      {runs.map(({ id, broken }, place) => (
        <circle key={id} cx={x(place)} cy={y(shares[place] ?? 0)} r={broken ? 5 : 3.5} className={broken ? "fill-danger" : "fill-accent-text"} />
      ))}
    </svg>
  );
}

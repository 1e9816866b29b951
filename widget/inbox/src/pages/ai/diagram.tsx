import type { CalibratorView } from "#shared/wire.ts";
import { Table, Td, Th } from "#ui/table.tsx";
import { useId } from "react";
import { useLocale } from "../../i18n/locale.ts";
import { texts } from "./texts.ts";

const SIDE = 300;
const START = 52;
const TOP = 18;
const WIDTH = START + SIDE + 20;
const HEIGHT = TOP + SIDE + 48;
const MARKS = [0, 0.25, 0.5, 0.75, 1];
const SMALLEST = 4;
const LARGEST = 15;

const x = (share: number): number => START + share * SIDE;
const y = (share: number): number => TOP + (1 - share) * SIDE;

/** What was said against what was so. A drawing, and the same in words and as a table. */
export function Diagram({ calibrator: { bins, threshold } }: { calibrator: CalibratorView }) {
  const t = texts.use();
  const locale = useLocale();
  const title = useId();
  const desc = useId();
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const whole = new Intl.NumberFormat(locale);
  const full = bins.filter(({ n }) => n > 0);
  const most = Math.max(1, ...full.map(({ n }) => n));
  const radius = (n: number): number => SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(n / most);
  const parts = full.map(({ confidence, accuracy, n }) => t("diagram.part", { confidence: percent.format(confidence), accuracy: percent.format(accuracy), n: whole.format(n) })).join(" ");

  return (
    <div className="flex flex-wrap items-start gap-x-8 gap-y-4">
      <svg role="img" aria-labelledby={title} aria-describedby={desc} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="w-full max-w-112 fill-muted text-[11px] [direction:ltr]">
        <title id={title}>{t("diagram.title")}</title>
        <desc id={desc}>{t("diagram.desc", { bins: full.length, n: full.reduce((sum, { n }) => sum + n, 0), parts })}</desc>
        {MARKS.map((mark) => (
          <g key={mark}>
            <path d={`M${x(0)} ${y(mark)}H${x(1)}M${x(mark)} ${y(0)}V${y(1)}`} className="fill-none stroke-line" />
            <text x={x(0) - 6} y={y(mark) + 4} textAnchor="end">
              {percent.format(mark)}
            </text>
            <text x={x(mark)} y={y(0) + 16} textAnchor="middle">
              {percent.format(mark)}
            </text>
          </g>
        ))}
        <path d={`M${x(0)} ${y(0)}L${x(1)} ${y(1)}`} className="fill-none stroke-line-control" strokeDasharray="5 4" />
        <path d={`M${x(threshold)} ${y(0)}V${y(1)}`} className="fill-none stroke-warning" strokeWidth={1.5} strokeDasharray="2 3" />
        <text x={x(threshold) + (threshold > 0.5 ? -4 : 4)} y={y(0) - 6} textAnchor={threshold > 0.5 ? "end" : "start"} className="fill-warning">
          {/* In its own direction, whichever that is. */}
          {`\u2068${t("diagram.threshold", { threshold: percent.format(threshold) })}\u2069`}
        </text>
        <polyline points={full.map(({ confidence, accuracy }) => `${x(confidence)},${y(accuracy)}`).join(" ")} className="fill-none stroke-accent-text" strokeWidth={1.5} />
        {full.map(({ low, confidence, accuracy, n }) => (
          <circle key={low} cx={x(confidence)} cy={y(accuracy)} r={radius(n)} fillOpacity={0.3} className="fill-accent-text stroke-accent-text" strokeWidth={1.5} />
        ))}
        <text x={x(0.5)} y={HEIGHT - 6} textAnchor="middle" className="fill-ink">
          {t("diagram.x")}
        </text>
        <text x={12} y={y(0.5)} textAnchor="middle" transform={`rotate(-90 12 ${y(0.5)})`} className="fill-ink">
          {t("diagram.y")}
        </text>
      </svg>
      <details open className="min-w-64 flex-1 text-sm">
        <summary className="w-fit rounded-xs py-1 text-muted select-none hover:text-ink touch:py-2">{t("diagram.table")}</summary>
        <Table label={t("diagram.title")} className="mt-1">
          <thead>
            <tr>
              <Th>{t("table.range")}</Th>
              <Th className="text-end">{t("table.n")}</Th>
              <Th className="text-end">{t("table.said")}</Th>
              <Th className="text-end">{t("table.right")}</Th>
            </tr>
          </thead>
          <tbody className="tabular-nums">
            {full.map(({ low, high, n, confidence, accuracy }) => (
              <tr key={low}>
                <Td className="h-8 whitespace-nowrap">
                  <bdi>{percent.format(low)}</bdi> – <bdi>{percent.format(high)}</bdi>
                </Td>
                <Td className="h-8 text-end">{whole.format(n)}</Td>
                <Td className="h-8 text-end">{percent.format(confidence)}</Td>
                <Td className="h-8 text-end">{percent.format(accuracy)}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      </details>
    </div>
  );
}

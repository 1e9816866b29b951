import { useLocale } from "../../../i18n/locale.ts";
import { texts } from "./texts.ts";

const WIDTH = 14;
const HEIGHT = 32;

/** How many in each week, oldest first; `most` is what the tallest bar stands for. */
export function Weeks({ counts, most, label, className = "h-8" }: { counts: readonly number[]; most?: number; label?: string; className?: string }) {
  const t = texts.use();
  const whole = new Intl.NumberFormat(useLocale());
  const top = Math.max(1, most ?? 0, ...counts);
  const told = t("weeks", { weeks: whole.format(counts.length), counts: counts.map((each) => whole.format(each)).join(", ") });
  return (
    <svg role="img" aria-label={label ? `${label}. ${told}` : told} viewBox={`0 0 ${counts.length * WIDTH} ${HEIGHT}`} className={`w-auto rtl:-scale-x-100 ${className}`} preserveAspectRatio="none">
      {counts.map((each, week) => {
        const height = each ? Math.max(3, (each / top) * HEIGHT) : 1;
        return <rect key={week} x={week * WIDTH + 1} y={HEIGHT - height} width={WIDTH - 2} height={height} className={each ? "fill-accent-text" : "fill-line-control"} />;
      })}
    </svg>
  );
}

import type { Measure } from "#shared/wire.ts";
import { cn } from "#ui/cn.ts";
import { Skeleton } from "#ui/skeleton.tsx";
import { Tooltip } from "#ui/tooltip.tsx";
import { ArrowDown, ArrowUp, Info } from "lucide-react";
import { useLocale } from "../../i18n/locale.ts";
import { changeOf, isGood, useFormat } from "./format.ts";
import { texts } from "./texts.ts";
import { useWords } from "./words.ts";

const grid = "grid grid-cols-2 gap-3 md:grid-cols-3";

/** From here on a size is told by both numbers: "2,246 % more" says little. */
const MANIFOLD = 9.995;

export function Numbers({ measures }: { measures: readonly Measure[] }) {
  return (
    <ul className={cn(grid, measures.length % 5 === 0 ? "lg:grid-cols-5" : "lg:grid-cols-4")}>
      {measures.map((measure) => (
        <Tile key={measure.key} measure={measure} />
      ))}
    </ul>
  );
}

export function NumbersLoading() {
  return (
    <ul className={cn(grid, "lg:grid-cols-4")} aria-hidden>
      {Array.from({ length: 8 }, (_, index) => (
        <li key={index} className="flex h-27 flex-col justify-center gap-3 rounded-md border border-line bg-pane px-4">
          <Skeleton className="w-1/2" />
          <Skeleton className="h-5 w-1/3" />
          <Skeleton className="w-2/3" />
        </li>
      ))}
    </ul>
  );
}

/** One number, how it changed, and how it is made: one hover, one focus or one tap away. */
function Tile({ measure }: { measure: Measure }) {
  const t = texts.use();
  const words = useWords();
  const format = useFormat();
  const label = words.metric(measure.key, measure.label);
  const formula = words.formula(measure.key, measure.formula);
  return (
    <li className="relative flex flex-col rounded-md border border-line bg-pane px-4 py-3">
      <p className="pe-6 text-sm text-muted">{label}</p>
      <p className="mt-auto pt-1 text-2xl font-semibold tabular-nums">
        <bdi>{format(measure.value, measure.unit, measure.currency)}</bdi>
      </p>
      <Change measure={measure} />
      <Tooltip text={<span dir="auto">{formula}</span>} side="top">
        <button type="button" aria-label={t("formula", { name: label, formula })} className="absolute end-2 top-2 rounded-xs p-1.5 text-faint hover:text-ink">
          <Info className="size-4" aria-hidden />
        </button>
      </Tooltip>
    </li>
  );
}

function Change({ measure }: { measure: Measure }) {
  const t = texts.use();
  const locale = useLocale();
  const format = useFormat();
  const change = changeOf(measure);
  const before = format(measure.before, measure.unit, measure.currency);
  if (change === null || Math.abs(change) < 0.005) {
    return <p className="mt-0.5 text-xs text-faint">{measure.before === null ? t("change.none") : t("change.same", { before })}</p>;
  }
  const good = isGood(measure);
  const size = new Intl.NumberFormat(locale, measure.unit === "share" ? { maximumFractionDigits: 1 } : { style: "percent", maximumFractionDigits: 0 }).format(
    Math.abs(change) * (measure.unit === "share" ? 100 : 1),
  );
  const Arrow = change > 0 ? ArrowUp : ArrowDown;
  const isManifold = measure.unit !== "share" && change > MANIFOLD;
  const said = isManifold ? t("change.manifold", { before }) : measure.unit === "share" ? t(change > 0 ? "change.points_up" : "change.points_down", { size, before }) : t(change > 0 ? "change.up" : "change.down", { size, before });
  return (
    <p className="mt-0.5 flex items-center gap-1 text-xs text-faint">
      <Arrow className={cn("size-3 shrink-0", good === true && "text-success", good === false && "text-danger")} aria-hidden />
      <span>{said}</span>
    </p>
  );
}

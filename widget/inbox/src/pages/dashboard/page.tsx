import type { Figure, Overview } from "#shared/wire.ts";
import { Segmented } from "#ui/choice.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { Tooltip } from "#ui/tooltip.tsx";
import { useQuery } from "@tanstack/react-query";
import { ChartNoAxesColumn, Info } from "lucide-react";
import { lazy, Suspense, useMemo, useState } from "react";
import { useLocale } from "../../i18n/locale.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { Page } from "../../shell/page.tsx";
import { RecentActivity } from "./activity.tsx";
import { overviewQuery, statsQuery } from "./data.ts";
import { Card, Heading } from "./frame.tsx";
import { name } from "./name.ts";
import { Others } from "./others.tsx";
import { texts } from "./texts.ts";

const Chart = lazy(() => import("../../panels/chart.tsx"));
const spans = ["7", "30", "90"] as const;

export default function DashboardPage() {
  const named = name.use();
  const t = texts.use();
  const stats = useQuery(statsQuery);
  const [span, setSpan] = useState<(typeof spans)[number]>("30");
  const overview = useQuery(overviewQuery(Number(span)));

  return (
    <Page title={named("page")}>
      {stats.data === null ? (
        <EmptyState icon={ChartNoAxesColumn} title={t("absent.title")} text={t("absent.text")} />
      ) : stats.error && !stats.data ? (
        <ErrorState title={t("error")} text={problemText(stats.error)} retry={() => void stats.refetch()} busy={stats.isFetching} />
      ) : (
        <div className="min-h-0 flex-1 overflow-y-auto bg-sunken">
          <div className="mx-auto flex max-w-300 flex-col gap-4 p-4 md:p-6">
            <section aria-label={t("now")}>
              <Heading title={t("now")} text={stats.data?.scope === "own" ? t("own") : undefined} />
              <Tiles figures={stats.data?.figures} count={6} />
            </section>
            <section aria-label={t("days.title")}>
              <Heading
                title={t("days.title")}
                text={t("days.text")}
                end={<Segmented aria-label={t("days.span")} value={span} onChange={setSpan} options={spans.map((each) => ({ value: each, label: t("days.last", { count: Number(each) }) }))} />}
              />
              <Card>
                {overview.data ? <Days overview={overview.data} /> : overview.error ? <ErrorState title={t("error")} text={problemText(overview.error)} retry={() => void overview.refetch()} /> : <Skeleton className="h-70 w-full rounded-sm" />}
              </Card>
              <Tiles figures={overview.data?.figures} count={3} className="mt-3" />
            </section>
            <Others />
            <section aria-label={t("activity")}>
              <Heading title={t("activity")} />
              <Card>
                <RecentActivity />
              </Card>
            </section>
          </div>
        </div>
      )}
    </Page>
  );
}

const known = ["open", "waiting", "unassigned", "resolved_today", "median_first_response", "ai_resolved_share", "ai_answer_share"] as const;

function Tiles({ figures, count, className }: { figures: readonly Figure[] | undefined; count: number; className?: string }) {
  return (
    <ul className={`grid grid-cols-2 gap-3 md:grid-cols-3 ${className ?? ""}`}>
      {figures
        ? figures.map((figure) => <Tile key={figure.key} figure={figure} />)
        : Array.from({ length: count }, (_, index) => (
            <li key={index} className="flex h-22 flex-col justify-center gap-3 rounded-md border border-line bg-pane px-4">
              <Skeleton className="w-1/2" />
              <Skeleton className="h-5 w-1/4" />
            </li>
          ))}
    </ul>
  );
}

/** One number; how it is made is one hover, or one tap, away. */
function Tile({ figure }: { figure: Figure }) {
  const t = texts.use();
  const format = useFigure();
  const name = known.find((each) => each === figure.key);
  const label = name ? t(`figure.${name}`) : figure.label;
  const formula = useFormula()(figure, name);
  return (
    <li className="relative rounded-md border border-line bg-pane px-4 py-3">
      <p className="pe-6 text-sm text-muted">{label}</p>
      <p className="mt-1 text-2xl font-semibold tabular-nums">{format(figure)}</p>
      <Tooltip text={<span dir="auto">{formula}</span>} side="top">
        <button type="button" aria-label={t("formula", { name: label, formula })} className="absolute end-2 top-2 rounded-xs p-1.5 text-faint hover:text-ink">
          <Info className="size-4" aria-hidden />
        </button>
      </Tooltip>
    </li>
  );
}

/** How a figure is made. English is the server's own, which also says whose conversations count; other languages say the rest. */
function useFormula(): (figure: Figure, name: (typeof known)[number] | undefined) => string {
  const t = texts.use();
  const locale = useLocale();
  return ({ formula }, name) => (name === undefined || locale === "en" ? formula : t(`formula.${name}`, { days: Number(/(\d+) days/.exec(formula)?.[1] ?? 0) }));
}

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

function useFigure(): (figure: Figure) => string {
  const locale = useLocale();
  return ({ value, unit }) => {
    if (value === null) return "–";
    if (unit === "share") return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(value);
    if (unit === "conversations") return new Intl.NumberFormat(locale).format(value);
    const [size, name] = value >= DAY ? ([DAY, "day"] as const) : value >= HOUR ? ([HOUR, "hour"] as const) : value >= MINUTE ? ([MINUTE, "minute"] as const) : ([1, "second"] as const);
    return new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "short", maximumFractionDigits: size > MINUTE ? 1 : 0 }).format(value / size);
  };
}

/** What happened each day, drawn; the same as a table for those who do not see lines. */
function Days({ overview }: { overview: Overview }) {
  const t = texts.use();
  const { at, series } = useMemo(() => {
    const columns = ["created", "resolved", "ai_answered"] as const;
    return {
      at: overview.series.map(({ day }) => Date.parse(`${day}T00:00:00Z`) / 1000),
      series: columns.map((column) => ({ label: t(`series.${column}`), values: overview.series.map((day) => day[column]) })),
    };
  }, [overview, t]);
  const { totals } = overview;
  return (
    <Suspense fallback={<Skeleton className="h-70 w-full rounded-sm" />}>
      <Chart at={at} series={series} height={240} label={t("days.label", { created: totals.created, resolved: totals.resolved, answered: totals.ai_answered })} />
    </Suspense>
  );
}

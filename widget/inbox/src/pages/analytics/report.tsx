import type { Report } from "#shared/wire.ts";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChartLine } from "lucide-react";
import { app } from "../../i18n/app.ts";
import { useLocale } from "../../i18n/locale.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { buttonClass } from "#ui/button.tsx";
import { Busy } from "./busy.tsx";
import { askedBy, reportQuery } from "./data.ts";
import type { AnalyticsSearch, ReportName } from "./use-analytics.ts";
import { Numbers, NumbersLoading } from "./numbers.tsx";
import { Plot } from "./plot.tsx";
import { Range } from "./range.tsx";
import { Rows } from "./rows.tsx";
import { texts } from "./texts.ts";

/** One report: its days, its numbers, its plots, its tables. */
export function ReportView({ search }: { search: AnalyticsSearch & { tab: ReportName } }) {
  const t = texts.use();
  const shell = app.use();
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery(reportQuery(askedBy(search)));
  if (error && !data) return <ErrorState title={t("error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} />;
  if (data?.is_empty) return <Nothing title={t("empty.title")} text={t("empty.text")} />;
  return (
    <div className="mx-auto flex max-w-300 flex-col gap-4 p-4 md:p-6">
      <Range report={data} />
      {data ? (
        <div className="flex flex-col gap-4" aria-busy={isPlaceholderData}>
          <Content report={data} />
          <Freshness report={data} />
        </div>
      ) : (
        <div role="status" aria-label={shell("loading")} className="flex flex-col gap-4">
          <NumbersLoading />
          <div className="h-72 rounded-md border border-line bg-pane" />
        </div>
      )}
    </div>
  );
}

function Content({ report }: { report: Report }) {
  const t = texts.use();
  const { name } = report;
  const isQuiet = report.numbers.every(({ value, before }) => !value && !before);
  if (isQuiet && (name === "email" || name === "orders" || name === "workflows" || name === "ai")) return <Nothing title={t(`quiet.${name}.title`)} text={t(`quiet.${name}.text`)} />;
  return (
    <>
      <Numbers measures={report.numbers} />
      <div className="grid gap-4 lg:grid-cols-2">
        {report.plots.map((plot, place) => (
          <div key={plot.key} className={place === 0 && report.plots.length % 2 === 1 ? "min-w-0 lg:col-span-2" : "min-w-0"}>
            <Plot plot={plot} report={report} />
          </div>
        ))}
      </div>
      <Busy report={report} />
      {report.tables.map((table) => (
        <Rows key={table.key} table={table} report={report} />
      ))}
    </>
  );
}

function Nothing({ title, text }: { title: string; text: string }) {
  const t = texts.use();
  return (
    <EmptyState
      icon={ChartLine}
      title={title}
      text={text}
      action={
        <Link to="/inbox" className={buttonClass()}>
          {t("empty.inbox")}
        </Link>
      }
    />
  );
}

/** How old it is, whose days these are, and where the numbers are to be had. */
function Freshness({ report }: { report: Report }) {
  const t = texts.use();
  const locale = useLocale();
  const time = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  const said = [
    report.scope === "own" ? t("fresh.own") : "",
    report.counted_at ? t("fresh.counted", { at: time.format(new Date(report.counted_at)) }) : "",
    report.waiting > 0 ? t("fresh.waiting", { count: report.waiting }) : "",
    t("fresh.zone", { zone: report.zone }),
    report.replica_lag_s === null ? "" : t("fresh.replica", { seconds: Math.round(report.replica_lag_s) }),
  ];
  return <p className="pb-2 text-xs text-faint">{said.filter(Boolean).join(" · ")}</p>;
}

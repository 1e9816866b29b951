import type { Report, ReportPlot } from "#shared/wire.ts";
import { Skeleton } from "#ui/skeleton.tsx";
import { Table, Td, Th, Tr } from "#ui/table.tsx";
import { ChevronRight } from "lucide-react";
import { lazy, Suspense, useMemo } from "react";
import { useLocale } from "../../i18n/locale.ts";
import { Card } from "./card.tsx";
import { useFormat } from "./format.ts";
import { texts } from "./texts.ts";
import { useWords } from "./words.ts";

const Chart = lazy(() => import("../../panels/chart.tsx"));

/** At what a line of times may lie. */
const minutes = [1, 5, 15, 30, 60, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400, 172_800, 432_000, 864_000, 2_592_000];
const HEIGHT = 220;

/** What happened over time, drawn; the same as a table for those who do not see lines. */
export function Plot({ plot, report }: { plot: ReportPlot; report: Report }) {
  const t = texts.use();
  const words = useWords();
  const locale = useLocale();
  const format = useFormat();
  const series = useMemo(() => plot.lines.map(({ key, label, values }) => ({ label: words.metric(key, label), values })), [plot, words]);
  const write = useMemo(() => (plot.unit === "seconds" ? (value: number) => format(value, "seconds") : undefined), [plot.unit, format]);
  const title = words.part(plot.key, plot.label);
  const formula = plot.lines.map(({ key, label, formula: made }) => `${words.metric(key, label)}: ${words.formula(key, made)}`).join("\n");
  const step = plot.step === "week" ? "day" : plot.step;
  const date = new Intl.DateTimeFormat(locale, step === "hour" ? { month: "short", day: "numeric", hour: "numeric", timeZone: "UTC" } : { dateStyle: "medium", timeZone: "UTC" });
  return (
    <Card title={title} formula={formula} report={report} part={plot.key}>
      <Suspense fallback={<Skeleton className="h-62 w-full rounded-sm" />}>
        <Chart at={plot.at} series={series} height={HEIGHT} label={t("plot.label", { name: title })} step={step} format={write} {...(plot.unit === "seconds" ? { marks: minutes } : {})} />
      </Suspense>
      <details className="group mt-2">
        <summary className="inline-flex cursor-pointer list-none items-center gap-1 rounded-xs py-1 text-xs text-muted hover:text-ink">
          <ChevronRight className="size-3 group-open:rotate-90 rtl:rotate-180 rtl:group-open:rotate-90" aria-hidden />
          {t("plot.table")}
        </summary>
        <div className="mt-1 flex max-h-72 flex-col">
          <Table label={title} className="[&_tr:last-child>td]:border-b-0">
            <thead>
              <tr>
                <Th>{t(`step.${plot.step}`)}</Th>
                {series.map(({ label }) => (
                  <Th key={label} className="text-end">
                    {label}
                  </Th>
                ))}
              </tr>
            </thead>
            <tbody>
              {plot.at.map((at, row) => (
                <Tr key={at}>
                  <Td className="h-8 whitespace-nowrap text-muted">{date.format(at * 1000)}</Td>
                  {series.map(({ label, values }) => (
                    <Td key={label} className="h-8 text-end tabular-nums">
                      {format(values[row], plot.unit)}
                    </Td>
                  ))}
                </Tr>
              ))}
            </tbody>
          </Table>
        </div>
      </details>
    </Card>
  );
}

import type { SegmentsImportsStructsImportReport as Report } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { CircleCheck, Download, TriangleAlert } from "lucide-react";
import { texts } from "../texts.ts";
import { csv, download } from "./csv.ts";

const figures = ["added", "already", "created", "matched", "updated"] as const;
const LINES = 5;

/** What was done, or would be, and which rows nothing is done with. */
export function Outcome({ report, name }: { report: Report; name: string }) {
  const t = texts.use();
  const skipped = report.skipped.reduce((sum, { count }) => sum + count, 0);
  const save = (): void =>
    download(`${name.replace(/[^\p{L}\p{N}-]+/gu, "-") || "import"}.csv`, csv([[t("wrong.line"), t("wrong.what"), t("wrong.detail")], ...(report.wrong ?? []).map(({ line, reason, detail }) => [line, t(`skipped.${reason}`), detail])]));
  return (
    <section aria-label={t(report.dry_run ? "outcome.would" : "outcome")} className="flex flex-col gap-3">
      <h3 className="flex items-center gap-1.5 text-sm font-medium">
        {!report.dry_run && <CircleCheck className="size-4 text-success" aria-hidden />}
        {t(report.dry_run ? "outcome.would" : "outcome")}
      </h3>
      <dl className="grid grid-cols-5 gap-2 max-sm:grid-cols-2">
        {figures.map((figure) => (
          <div key={figure} className="rounded-sm border border-line px-3 py-2">
            <dt className="text-xs text-muted">{t(`figure.${figure}`)}</dt>
            <dd className="text-lg font-semibold tabular-nums">{t("number", { count: report[figure] })}</dd>
          </div>
        ))}
      </dl>
      {skipped > 0 && (
        <div className="flex flex-col gap-2 rounded-sm bg-warning-soft px-3 py-2.5 text-sm text-warning">
          <p className="flex items-center gap-1.5 font-medium">
            <TriangleAlert className="size-4 shrink-0" aria-hidden />
            {t("skipped", { count: skipped })}
          </p>
          <ul className="flex flex-col gap-0.5 text-xs">
            {report.skipped.map(({ reason, count, lines }) => (
              <li key={reason}>
                {t(`skipped.${reason}`)}: {t("number", { count })} ({t(lines.length < count || lines.length > LINES ? "lines.some" : "lines", { lines: lines.slice(0, LINES).join(", ") })})
              </li>
            ))}
          </ul>
          <Button size="sm" onClick={save} className="self-start">
            <Download aria-hidden />
            {t("wrong.download")}
          </Button>
        </div>
      )}
    </section>
  );
}

import type { WorkflowSummary } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { ErrorState } from "#ui/states.tsx";
import { Ago } from "#ui/time.tsx";
import { toast } from "#ui/toast.tsx";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { app } from "../../i18n/app.ts";
import { useLocale } from "../../i18n/locale.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { resume, resumeQuery } from "./data.ts";
import { spanText } from "./form/spans.ts";
import { texts } from "./texts.ts";

const ways = ["shift", "skip", "send"] as const;
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** How long a pause was, in one unit. */
const pauseText = (seconds: number, locale: string): string => {
  const [size, unit] = seconds >= 2 * DAY ? ([DAY, "days"] as const) : seconds >= 2 * HOUR ? ([HOUR, "hours"] as const) : seconds >= MINUTE ? ([MINUTE, "minutes"] as const) : ([1, "seconds"] as const);
  return spanText({ amount: Math.round(seconds / size), unit }, locale);
};

/** Whether whoever fell due during a pause is moved, spared or served; counted before it is chosen. */
export default function Resume({ workflow, close }: { workflow: WorkflowSummary; close: () => void }) {
  const t = texts.use();
  const shell = app.use();
  const locale = useLocale();
  const name = useId();
  const { data, error, isFetching, refetch } = useQuery(resumeQuery(workflow.id));
  const [way, setWay] = useState<(typeof ways)[number]>("shift");
  const [busy, setBusy] = useState(false);
  const go = async (): Promise<void> => {
    setBusy(true);
    try {
      await resume(workflow.id, way);
      toast({ tone: "success", title: t("resumed"), key: "workflow" });
      close();
    } catch (error) {
      toast({ tone: "error", title: t("failed"), text: problemText(error), key: "workflow" });
    }
    setBusy(false);
  };
  return (
    <Dialog open onOpenChange={close}>
      <DialogContent
        title={t("resume.title")}
        text={
          data && (
            <>
              {t("resume.paused")} <Ago at={data.paused_at} />. {data.overdue > 0 ? t("resume.overdue", { count: data.overdue, active: data.active }) : t("resume.none", { count: data.active })}
            </>
          )
        }
        footer={
          <>
            <Button onClick={close}>{shell("cancel")}</Button>
            <Button variant="primary" disabled={!data} busy={busy} onClick={() => void go()}>
              {t("resume")}
            </Button>
          </>
        }
      >
        {!data ? (
          error ? <ErrorState title={t("failed")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} /> : <SkeletonRows rows={3} avatar={false} />
        ) : (
          <fieldset className="flex flex-col gap-2">
            <legend className="sr-only">{t("resume.title")}</legend>
            {ways.map((each) => (
              <label key={each} className="grid grid-cols-[auto_1fr] gap-x-3 rounded-md border border-line p-3 transition-colors hover:bg-hover has-checked:border-accent-text has-checked:bg-accent-soft">
                <input type="radio" name={name} value={each} checked={way === each} onChange={() => setWay(each)} className="row-span-2 mt-1 self-start accent-accent" />
                <span className="text-sm font-semibold">{t(`resume.${each}`)}</span>
                <span className="text-xs text-muted">
                  {each === "shift" ? t("resume.shift.text", { count: data.active, span: pauseText(data.shift_s, locale) }) : t(`resume.${each}.text`, { count: data.overdue })}
                </span>
              </label>
            ))}
            {data.steps.some(({ overdue }) => overdue > 0) && (
              <ul aria-label={t("resume.steps")} className="mt-2 flex flex-col gap-1 text-xs text-muted">
                {data.steps.flatMap(({ version, step_id, title, overdue }) =>
                  overdue > 0
                    ? [
                        <li key={`${version}:${step_id}`} className="flex justify-between gap-3">
                          <span className="truncate">{title || step_id}</span>
                          <span className="tabular-nums">{overdue.toLocaleString(locale)}</span>
                        </li>,
                      ]
                    : [],
                )}
              </ul>
            )}
          </fieldset>
        )}
      </DialogContent>
    </Dialog>
  );
}

import type { SegmentView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Segmented } from "#ui/choice.tsx";
import { cn } from "#ui/cn.ts";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { Progress } from "#ui/progress.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { CircleStop, FileUp } from "lucide-react";
import { useState } from "react";
import { isProblem } from "../../../api/problem.ts";
import { app } from "../../../i18n/app.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { texts } from "../texts.ts";
import { Columns } from "./columns.tsx";
import { Outcome } from "./outcome.tsx";
import { useImport } from "./use-import.ts";

/** Puts everybody in a file on a list: what would happen is shown before anything does. */
export default function Import({ list, close }: { list: SegmentView; close: () => void }) {
  const t = texts.use();
  const shell = app.use();
  const { state, file, existing, look, setTarget, setHow, run, stop, again } = useImport(list.id);
  const report = state.step === "map" ? state.report : undefined;
  const inHand = report ? report.created + report.matched : 0;
  const leave = (): void => {
    if (state.step !== "work") close();
  };
  return (
    <Dialog open onOpenChange={leave}>
      <DialogContent
        size="lg"
        title={t("import.title", { name: list.name })}
        text={file && state.step !== "choose" ? <bdi>{file.name}</bdi> : t("import.text")}
        footer={
          state.step === "map" ? (
            <>
              <Button onClick={again}>{t("import.other")}</Button>
              <Button variant="primary" onClick={() => void run()} disabled={inHand === 0}>
                {t("import.run", { count: inHand })}
              </Button>
            </>
          ) : state.step === "work" ? (
            <Button onClick={stop}>{t("import.stop")}</Button>
          ) : state.step === "done" || state.step === "stopped" ? (
            <Button variant="primary" onClick={close}>
              {shell("close")}
            </Button>
          ) : undefined
        }
      >
        {state.step === "choose" ? (
          <Chooser choose={(chosen) => void look(chosen)} />
        ) : state.step === "look" ? (
          <Working label={t("import.looking")} share={state.share} />
        ) : state.step === "work" ? (
          <Working label={t("import.working")} share={state.share} />
        ) : state.step === "stopped" ? (
          <EmptyState icon={CircleStop} title={t("import.stopped")} text={t("import.stopped.text")} action={<Button onClick={again}>{t("import.again")}</Button>} />
        ) : state.step === "failed" ? (
          <ErrorState title={t("import.failed")} text={failure(state.problem)} retry={again} />
        ) : state.step === "done" ? (
          <Outcome report={state.report} name={list.name} />
        ) : (
          <div className="flex flex-col gap-5">
            <Columns sheet={state.sheet} problem={state.problem} setTarget={setTarget} />
            <div className="flex flex-wrap items-center justify-between gap-3">
              <p className="text-sm font-medium">{t("existing")}</p>
              <Segmented
                aria-label={t("existing")}
                value={existing}
                onChange={setHow}
                options={[
                  { value: "keep", label: t("existing.keep") },
                  { value: "update", label: t("existing.update") },
                ]}
              />
            </div>
            {state.report && <Outcome report={state.report} name={list.name} />}
          </div>
        )}
      </DialogContent>
    </Dialog>
  );
}

function Working({ label, share }: { label: string; share: number | undefined }) {
  return (
    <div role="status" className="flex flex-col gap-2 py-8">
      <p className="text-sm">{label}</p>
      <Progress label={label} value={share} />
    </div>
  );
}

function Chooser({ choose }: { choose: (file: File) => void }) {
  const t = texts.use();
  const [isOver, setOver] = useState(false);
  const take = (files: FileList | null): void => {
    const [first] = files ?? [];
    if (first) choose(first);
  };
  return (
    <label
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
      className={cn("flex flex-col items-center gap-2 rounded-md border border-dashed border-line-strong px-6 py-10 text-center transition-colors focus-within:outline-2 focus-within:outline-accent-text hover:bg-sunken", isOver && "border-accent-text bg-accent-soft")}
    >
      <FileUp className="size-6 text-faint" strokeWidth={1.75} aria-hidden />
      <span className="text-sm font-medium">{t("import.choose")}</span>
      <span className="max-w-96 text-xs text-balance text-muted">{t("import.choose.text")}</span>
      <input type="file" accept=".csv,.tsv,.txt,text/csv,text/plain" className="sr-only" onChange={({ target }) => take(target.files)} />
    </label>
  );
}

const known = ["no_sheet", "too_many_rows", "too_many_columns", "too_long"] as const;

function failure(problem: unknown): string {
  const code = isProblem(problem) ? known.find((each) => each === problem.code) : undefined;
  return code ? texts.t(`import.problem.${code}`) : problemText(problem);
}

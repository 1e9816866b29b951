import type { SimulatedRun, Simulation, Turn, WorkflowParts, WorkflowView } from "#shared/wire.ts";
import { Avatar } from "#ui/avatar.tsx";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Choice, Segmented, Switch } from "#ui/choice.tsx";
import { cn } from "#ui/cn.ts";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { ErrorState } from "#ui/states.tsx";
import { useMutation } from "@tanstack/react-query";
import { CircleDot, DoorOpen, Flag, FlaskConical, LogIn, X } from "lucide-react";
import { lazy, Suspense, useMemo, useState, type ReactNode } from "react";
import { isProblem } from "../../../api/problem.ts";
import { app } from "../../../i18n/app.ts";
import { useLocale } from "../../../i18n/locale.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { spanText } from "../form/spans.ts";
import { flat, itemsOf, type Definition } from "../model/definition.ts";
import type { Scene } from "../scene.ts";
import type { Mark } from "../step-card.tsx";
import { useSaid } from "../said.ts";
import { texts, word } from "../texts.ts";
import { Dot, Line, Step, Timeline, useWhen } from "../timeline.tsx";
import { usePhone } from "../use-phone.ts";
import { useSummary } from "../use-summary.ts";
import { simulate } from "./data.ts";

const Canvas = lazy(() => import("../canvas.tsx"));
/** Of those who would go another way, told one by one. */
const TOLD = 20;
const spans = ["1", "7", "14"] as const;

interface SimulateProps {
  workflow: WorkflowView;
  parts: WorkflowParts;
  /** As it is on screen, saved or not. */
  definition: Definition;
  /** It differs from the version that runs. */
  isNew: boolean;
}

/** A workflow over what happened to contacts, by a clock that runs ahead: who would have gone which way, and why. */
export default function Simulate({ workflow, parts, definition, isNew }: SimulateProps) {
  const t = texts.use();
  const isPhone = usePhone();
  const locale = useLocale();
  const [days, setDays] = useState<(typeof spans)[number]>("7");
  const [compares, setCompares] = useState(true);
  const [chosen, setChosen] = useState<SimulatedRun>();
  const { ofItem } = useSummary(parts);
  const items = useMemo(() => itemsOf(definition, (type) => parts.steps.find(({ name }) => name === type)?.branches), [definition, parts]);
  const titles = useMemo(() => new Map(flat(items).map((item) => [item.id, ofItem(item).title])), [items, ofItem]);
  const { data, error, isPending, mutate } = useMutation({
    mutationFn: () => simulate(workflow.id, definition, Number(days), isNew && compares ? workflow.version : null),
    onSuccess: () => setChosen(undefined),
  });
  const scene: Scene = {
    parts,
    trigger: definition.trigger,
    items,
    open: null,
    onOpen: () => undefined,
    counted: "came",
    heads: new Map(data?.steps.map(({ step_id, arrived }) => [step_id, arrived])),
    ...(chosen
      ? {
          followed: {
            marks: new Map(chosen.steps.map(({ step_id, status }) => [step_id, (status === "failed" || status === "uncertain" ? "failed" : "done") as Mark])),
            taken: chosen.steps.map(({ step_id, branch }) => ({ step: step_id, branch })),
            now: chosen.status === "active" ? chosen.step_id : null,
            isThrough: chosen.status === "completed" && chosen.reason === "end",
          },
        }
      : {}),
  };
  const close = (): void => setChosen(undefined);
  const panel = chosen && <Way run={chosen} titles={titles} close={close} />;
  return (
    <div className="flex min-h-0 flex-1">
      <section aria-label={t("simulate")} className="flex min-h-0 w-full shrink-0 flex-col border-e border-line md:w-84">
        <div className="flex shrink-0 flex-col gap-3 border-b border-line p-3">
          <p className="text-xs text-muted">{t("simulate.text")}</p>
          <Segmented aria-label={t("simulate.days")} value={days} onChange={setDays} options={spans.map((each) => ({ value: each, label: spanText({ amount: Number(each), unit: "days" }, locale) }))} className="self-start" />
          {isNew && (
            <Choice label={t("simulate.compare", { version: workflow.version })} hint={t("simulate.compare.text")}>
              {(ids) => <Switch {...ids} checked={compares} onCheckedChange={setCompares} />}
            </Choice>
          )}
          <Button variant="primary" busy={isPending} onClick={() => mutate()}>
            <FlaskConical aria-hidden />
            {isPending ? t("simulate.busy") : t("simulate")}
          </Button>
        </div>
        <div className="min-h-0 flex-1 overflow-y-auto" aria-live="polite">
          {isPending ? (
            <SkeletonRows rows={5} />
          ) : error ? (
            <ErrorState title={t("simulate.failed")} text={isProblem(error, "bad_definition") ? t("simulate.wrong") : problemText(error)} retry={() => mutate()} />
          ) : (
            data && <Outcome simulation={data} titles={titles} chosen={chosen} onChoose={setChosen} />
          )}
        </div>
      </section>
      {!isPhone && (
        <section aria-label={t("canvas.live")} className="min-w-0 flex-1">
          <Suspense fallback={null}>
            <Canvas scene={scene} label={t("canvas.live")} />
          </Suspense>
        </section>
      )}
      {panel &&
        (isPhone ? (
          <Dialog open onOpenChange={close}>
            <DialogContent bare title={t("run")} className="h-[88dvh]">
              {panel}
            </DialogContent>
          </Dialog>
        ) : (
          <aside aria-label={t("run")} className="w-88 shrink-0 border-s border-line">
            {panel}
          </aside>
        ))}
    </div>
  );
}

const total = (counts: Record<string, number>): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

interface OutcomeProps {
  simulation: Simulation;
  titles: ReadonlyMap<string, string>;
  chosen: SimulatedRun | undefined;
  onChoose: (run: SimulatedRun) => void;
}

function Outcome({ simulation, titles, chosen, onChoose }: OutcomeProps) {
  const t = texts.use();
  const shell = app.use();
  const locale = useLocale();
  const { comparison, runs } = simulation;
  const when = useWhen();
  const number = (value: number): string => value.toLocaleString(locale);
  const notes = simulation.notes.filter((note) => note !== "part");
  const isCut = simulation.walked_count < simulation.contact_count;
  const turn = ({ kind, step_id = "", status = "", branch = "", at, reason = "" }: Turn): string => {
    const step = titles.get(step_id) ?? step_id;
    const why = word("reason", reason, reason.replaceAll("_", " "));
    switch (kind) {
      case "takes":
        return t("turn.takes", { step, outcome: branch ? word("way", branch, branch.replaceAll("_", " ")) : word("taken", status, status), time: at ? when(at) : "" });
      case "ends":
        return t("turn.ends", { status: word("run", status, status), reason: why });
      case "waits":
        return t("turn.waits", { step });
      case "refused":
        return t("turn.refused", { reason: why });
      default:
        return t(`turn.${kind}`);
    }
  };
  const reasons = (counts: Record<string, number>): ReactNode =>
    Object.entries(counts).map(([reason, count]) => (
      <li key={reason} className="flex justify-between gap-3 text-xs text-muted">
        <span className="truncate">{word("reason", reason, reason.replaceAll("_", " "))}</span>
        <span className="tabular-nums">{number(count)}</span>
      </li>
    ));
  return (
    <>
      <dl className="grid grid-cols-3 gap-px border-b border-line bg-line">
        {(
          [
            ["simulate.entered", simulation.entered],
            ["simulate.refused", total(simulation.refused)],
            ["simulate.still", simulation.active],
          ] as const
        ).map(([label, value]) => (
          <div key={label} className="flex flex-col-reverse justify-end bg-pane p-3">
            <dt className="text-xs text-muted">{t(label)}</dt>
            <dd className="text-xl font-semibold tabular-nums">{number(value)}</dd>
          </div>
        ))}
      </dl>
      {total(simulation.ended) + total(simulation.refused) > 0 && (
        <section className="border-b border-line p-3">
          <h2 className="mb-1.5 text-xs font-semibold text-muted">{t("simulate.ended")}</h2>
          <ul className="flex flex-col gap-1">
            {reasons(simulation.ended)}
            {reasons(simulation.refused)}
          </ul>
        </section>
      )}
      {comparison && (
        <section className="border-b border-line bg-info-soft p-3">
          <p className="text-sm font-medium text-info">
            {comparison.changed > 0
              ? t("simulate.changed", { changed: comparison.changed, all: comparison.all, version: comparison.version })
              : t("simulate.same", { version: comparison.version })}
          </p>
          <ul className="mt-2 flex flex-col gap-2">
            {comparison.divergences.slice(0, TOLD).map((each) => (
              <li key={`${each.contact_id}:${each.entry_key}`} className="text-xs text-muted">
                <p className="text-sm font-medium text-ink">
                  <bdi>{each.contact || shell("visitor")}</bdi> · <bdi>{titles.get(each.step_id) ?? each.step_id}</bdi>
                </p>
                <p>{t("simulate.before", { version: comparison.version, way: turn(each.before) })}</p>
                <p>{t("simulate.after", { way: turn(each.after) })}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2 className="px-3 pt-3 pb-1 text-xs font-semibold text-muted">
          {t("simulate.ways")} {runs.length < simulation.entered + total(simulation.refused) && <span className="font-normal">· {t("simulate.ways.part", { count: runs.length })}</span>}
        </h2>
        {runs.length === 0 && <p className="px-3 pb-3 text-sm text-muted">{t("simulate.ways.none")}</p>}
        <ul>
          {runs.map((run) => {
            const name = run.contact || shell("visitor");
            const at = titles.get(run.step_id) ?? run.step_id;
            return (
              <li key={`${run.contact_id}:${run.entry_key}:${run.entered_at}`}>
                <button
                  type="button"
                  data-simulated={run.contact_id}
                  aria-current={run === chosen ? "true" : undefined}
                  onClick={() => onChoose(run)}
                  className={cn("flex w-full items-center gap-3 border-b border-line px-3 py-2.5 text-start transition-colors hover:bg-hover focus-visible:-outline-offset-2", run === chosen && "bg-accent-soft hover:bg-accent-soft")}
                >
                  <Avatar name={name} seed={run.contact_id} />
                  <span className="min-w-0 flex-1">
                    <bdi className="block truncate text-sm font-medium">{name}</bdi>
                    <span className="block truncate text-xs text-muted">{run.status === "active" ? at : word("reason", run.reason, run.reason.replaceAll("_", " "))}</span>
                  </span>
                  <Badge tone={run.status === "completed" ? "success" : run.status === "active" ? "accent" : "neutral"}>{t(`run.${run.status}`)}</Badge>
                </button>
              </li>
            );
          })}
        </ul>
      </section>
      {(notes.length > 0 || !simulation.is_complete) && (
        <ul className="flex flex-col gap-1 p-3 text-xs text-faint">
          {!simulation.is_complete && <li>{isCut ? t("simulate.walked", { walked: simulation.walked_count, all: simulation.contact_count }) : t("simulate.part")}</li>}
          {notes.map((note) => (
            <li key={note}>{t(`note.${note}`)}</li>
          ))}
        </ul>
      )}
    </>
  );
}

/** One contact's way, with times and reasons, as it would have been. */
function Way({ run, titles, close }: { run: SimulatedRun; titles: ReadonlyMap<string, string>; close: () => void }) {
  const t = texts.use();
  const shell = app.use();
  const when = useWhen();
  const said = useSaid();
  const name = run.contact || shell("visitor");
  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex shrink-0 items-center gap-3 border-b border-line p-4">
        <Avatar name={name} seed={run.contact_id} size="lg" />
        <h2 className="min-w-0 flex-1 truncate text-base font-semibold">
          <bdi>{name}</bdi>
        </h2>
        <IconButton label={shell("close")} onClick={close}>
          <X aria-hidden />
        </IconButton>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto p-4">
        <Timeline>
          <Line icon={<Dot><LogIn className="size-4" aria-hidden /></Dot>} title={t(run.status === "refused" ? "run.refused" : "run.entered")} at={when(run.entered_at)} detail={run.entry_key && t("run.key", { key: run.entry_key })} />
          {run.steps.map((step) => (
            <Step key={step.step_id} step={{ ...step, kind: step.type, why: said(step.said, step.detail) }} title={titles.get(step.step_id) ?? step.step_id} at={when(step.at)} />
          ))}
          {run.status === "active" ? (
            <Line isNow icon={<Dot tone="here"><CircleDot className="size-4" aria-hidden /></Dot>} title={titles.get(run.step_id) ?? run.step_id} at={run.due_at ? t("run.until", { time: when(run.due_at) }) : t("run.waits")} />
          ) : (
            <Line
              icon={<Dot>{run.status === "completed" ? <Flag className="size-4" aria-hidden /> : <DoorOpen className="size-4" aria-hidden />}</Dot>}
              title={word("reason", run.reason, run.reason.replaceAll("_", " "))}
              at={run.ended_at ? when(run.ended_at) : ""}
              detail={said(run.said, run.detail)}
            />
          )}
        </Timeline>
      </div>
    </div>
  );
}

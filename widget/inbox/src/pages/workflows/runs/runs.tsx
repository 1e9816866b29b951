import type { EnrollmentView, WorkflowParts, WorkflowView } from "#shared/wire.ts";
import { Avatar } from "#ui/avatar.tsx";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { cn } from "#ui/cn.ts";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Select } from "#ui/select.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { Ago } from "#ui/time.tsx";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { CircleHelp, Footprints, X } from "lucide-react";
import { lazy, Suspense, useMemo, useState } from "react";
import { app } from "../../../i18n/app.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { headsQuery, runQuery, runsQuery, versionQuery, type RunStatus } from "../data.ts";
import { usePlace } from "../go.ts";
import { headsOf } from "../heads.ts";
import { flat, itemsOf, tidy } from "../model/definition.ts";
import type { Scene } from "../scene.ts";
import type { Mark } from "../step-card.tsx";
import { texts, word } from "../texts.ts";
import { usePhone } from "../use-phone.ts";
import { useSummary } from "../use-summary.ts";
import { Run } from "./run.tsx";
import { Why } from "./why.tsx";

const Canvas = lazy(() => import("../canvas.tsx"));
const statuses = ["all", "active", "completed", "exited"] as const;

/** Who is where in a workflow, as it happens; one who is chosen is followed over the canvas. */
export default function Runs({ workflow, parts }: { workflow: WorkflowView; parts: WorkflowParts }) {
  const t = texts.use();
  const isPhone = usePhone();
  const { step, run, go } = usePlace();
  const [status, setStatus] = useState<(typeof statuses)[number]>("all");
  const [asks, setAsks] = useState(false);
  const followed = useQuery({ ...runQuery(run ?? 0), enabled: run !== undefined });
  const history = run === undefined ? undefined : followed.data;
  const version = useQuery(versionQuery(workflow.id, history?.version ?? workflow.version));
  const heads = useQuery(headsQuery(workflow.id));
  const definition = useMemo(() => tidy(version.data?.definition), [version.data]);
  const items = useMemo(() => itemsOf(definition, (type) => parts.steps.find(({ name }) => name === type)?.branches), [definition, parts]);
  const { ofItem } = useSummary(parts);
  const titles = useMemo(() => new Map(flat(items).map((item) => [item.id, ofItem(item).title])), [items, ofItem]);

  const scene: Scene = {
    parts,
    trigger: definition.trigger,
    items,
    open: step ?? null,
    onOpen: (id) => void go({ step: id === "trigger" || id === step ? undefined : id }, { replace: true }),
    heads: headsOf(heads.data),
    ...(history
      ? {
          followed: {
            marks: new Map(history.steps?.map((taken) => [taken.step_id, (taken.status === "failed" || taken.status === "uncertain" ? "failed" : "done") as Mark])),
            taken: history.steps?.map(({ step_id, branch }) => ({ step: step_id, branch })) ?? [],
            now: history.status === "active" ? history.step_id : null,
            isThrough: history.status === "completed" && history.reason === "end",
          },
        }
      : {}),
  };
  const close = (): void => void go({ run: undefined }, { replace: true });
  const panel = run === undefined ? null : <Run id={run} titles={titles} close={close} />;

  return (
    <div className="flex min-h-0 flex-1">
      <section aria-label={t("runs")} className="flex min-h-0 w-full shrink-0 flex-col border-e border-line md:w-84">
        <div className="flex shrink-0 items-center gap-2 border-b border-line p-3">
          <Select
            aria-label={t("runs.status")}
            value={status}
            onChange={setStatus}
            options={statuses.map((each) => ({ value: each, label: t(`runs.${each}`) }))}
            className="flex-1"
          />
          <IconButton label={t("why")} onClick={() => setAsks(true)}>
            <CircleHelp aria-hidden />
          </IconButton>
        </div>
        {step !== undefined && (
          <p className="flex shrink-0 items-center gap-2 border-b border-line bg-accent-soft px-3 py-1.5 text-xs text-accent-text">
            <span className="min-w-0 flex-1 truncate">{t("runs.at", { name: titles.get(step) ?? step })}</span>
            <IconButton label={t("runs.everywhere")} size="sm" onClick={() => void go({ step: undefined }, { replace: true })}>
              <X aria-hidden />
            </IconButton>
          </p>
        )}
        <Rows workflow={workflow.id} status={status === "all" ? null : status} step={step ?? null} titles={titles} open={run} onOpen={(id) => void go({ run: id }, { replace: true })} />
      </section>
      {!isPhone && (
        <section aria-label={t("canvas.live")} className="min-w-0 flex-1">
          <Suspense fallback={null}>{version.data ? <Canvas key={history?.version ?? workflow.version} scene={scene} label={t("canvas.live")} /> : null}</Suspense>
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
      {asks && <Why workflow={workflow.id} titles={titles} close={() => setAsks(false)} open={(id) => (setAsks(false), void go({ run: id }, { replace: true }))} />}
    </div>
  );
}

interface RowsProps {
  workflow: number;
  status: RunStatus | null;
  step: string | null;
  titles: ReadonlyMap<string, string>;
  open: number | undefined;
  onOpen: (id: number) => void;
}

function Rows({ workflow, status, step, titles, open, onOpen }: RowsProps) {
  const t = texts.use();
  const shell = app.use();
  const { data, error, isFetching, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(runsQuery(workflow, status, step));
  if (!data) return error ? <ErrorState title={t("runs.error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} /> : <SkeletonRows rows={6} />;
  const runs = data.pages.flatMap(({ items }) => items);
  if (runs.length === 0) return <EmptyState icon={Footprints} title={t(status || step ? "runs.none.title" : "runs.empty.title")} text={t(status || step ? "runs.none.text" : "runs.empty.text")} />;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <ul>
        {runs.map((run) => (
          <li key={run.id}>
            <Row run={run} at={titles.get(run.step_id) ?? run.step_id} isOpen={run.id === open} onOpen={() => onOpen(run.id)} />
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <div className="flex justify-center p-3">
          <Button size="sm" onClick={() => void fetchNextPage()} busy={isFetchingNextPage}>
            {shell("more")}
          </Button>
        </div>
      )}
    </div>
  );
}

const tones = { active: "accent", completed: "success", exited: "neutral" } as const;

function Row({ run, at, isOpen, onOpen }: { run: EnrollmentView; at: string; isOpen: boolean; onOpen: () => void }) {
  const t = texts.use();
  const name = run.contact_name || (run.contact_id === null ? t("runs.deleted") : t("runs.visitor"));
  return (
    <button
      type="button"
      data-run={run.id}
      aria-current={isOpen ? "true" : undefined}
      onClick={onOpen}
      className={cn("flex w-full items-center gap-3 border-b border-line px-3 py-2.5 text-start transition-colors hover:bg-hover focus-visible:-outline-offset-2", isOpen && "bg-accent-soft hover:bg-accent-soft")}
    >
      <Avatar name={name} seed={run.contact_id ?? run.id} size="md" />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <bdi className="min-w-0 flex-1 truncate text-sm font-medium">{name}</bdi>
          <Ago at={run.ended_at ?? run.enrolled_at} className="shrink-0 text-xs text-faint" />
        </span>
        <span className="mt-0.5 flex items-center gap-2">
          <span className="min-w-0 flex-1 truncate text-xs text-muted">
            {run.status === "active" ? at : word("reason", run.reason, run.reason.replaceAll("_", " "))}
          </span>
          <Badge tone={tones[run.status]}>{t(`run.${run.status}`)}</Badge>
        </span>
      </span>
    </button>
  );
}

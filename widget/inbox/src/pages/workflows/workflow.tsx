import type { WorkflowParts, WorkflowView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { confirm } from "#ui/confirm.ts";
import { IconButton } from "#ui/icon-button.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { Tab, TabPanel, Tabs, TabsList } from "#ui/tabs.tsx";
import { toast } from "#ui/toast.tsx";
import { useQuery } from "@tanstack/react-query";
import { useBlocker } from "@tanstack/react-router";
import { ArrowLeft, Pause, Play, Redo2, Rocket, SearchX, TriangleAlert, Undo2, Workflow as Icon } from "lucide-react";
import { Suspense, useState } from "react";
import { useActions } from "../../actions/registry.ts";
import { isProblem } from "../../api/problem.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { later } from "../../later.tsx";
import { Page } from "../../shell/page.tsx";
import { Build } from "./build.tsx";
import { activate, partsQuery, pause, versionQuery, workflowQuery } from "./data.ts";
import { usePlace, type Tab as TabName } from "./go.ts";
import { tidy } from "./model/definition.ts";
import { name as pageName } from "./name.ts";
import { StateBadge } from "./state-badge.tsx";
import { texts } from "./texts.ts";
import { Trouble } from "./trouble.tsx";
import { canonical, useDraft } from "./use-draft.ts";

const Runs = later(() => import("./runs/runs.tsx"));
const Simulate = later(() => import("./simulate/simulate.tsx"));
const Publish = later(() => import("./publish.tsx"));
const Resume = later(() => import("./resume.tsx"));

const panelClass = "flex min-h-0 flex-1 flex-col pt-0 data-[state=inactive]:hidden";

/** One workflow: written, published, run and watched. */
export default function Workflow({ id }: { id: number }) {
  const t = texts.use();
  const named = pageName.use();
  const { go } = usePlace();
  const { data, error, isFetching, refetch } = useQuery(workflowQuery(id));
  const parts = useQuery(partsQuery);
  if (data && parts.data) return <Open key={id} workflow={data} parts={parts.data} />;
  const failed = error ?? parts.error;
  return (
    <Page title={named("page")}>
      {isProblem(error, "not_found") ? (
        <EmptyState icon={SearchX} title={t("gone.title")} text={t("gone.text")} action={<Button onClick={() => void go({ workflow: undefined })}>{t("back")}</Button>} />
      ) : failed ? (
        <ErrorState title={t("error.one")} text={problemText(failed)} retry={() => void Promise.all([refetch(), parts.refetch()])} busy={isFetching} />
      ) : (
        <SkeletonRows rows={6} avatar={false} />
      )}
    </Page>
  );
}

function Open({ workflow, parts }: { workflow: WorkflowView; parts: WorkflowParts }) {
  const t = texts.use();
  const { tab, go } = usePlace();
  const draft = useDraft(workflow);
  const [asked, setAsked] = useState<"publish" | "resume">();
  const [busy, setBusy] = useState(false);
  const published = useQuery(versionQuery(workflow.id, workflow.version));
  const { status, version } = workflow;
  const isNew = version > 0 && published.data !== undefined && canonical(tidy(published.data.definition)) !== canonical(draft.now.definition);

  useBlocker({
    shouldBlockFn: async ({ next, current }) => next.pathname !== current.pathname && draft.isDirty && !(await confirm({ title: t("leave.title"), text: t("leave.text"), action: t("leave.action"), danger: true })),
    enableBeforeUnload: draft.isDirty,
  });

  const save = async (anyway = false): Promise<WorkflowView | null> => {
    const saved = await draft.save(anyway);
    if (saved) toast({ tone: "success", title: t("saved"), key: "workflow" });
    return saved;
  };
  const run = async (work: () => Promise<WorkflowView>, done: string): Promise<void> => {
    setBusy(true);
    try {
      await work();
      toast({ tone: "success", title: done, key: "workflow" });
    } catch (error) {
      const text = isProblem(error, "missing_parts") ? t("publish.missing") : problemText(error);
      toast({ tone: "error", title: t("failed"), text, key: "workflow" });
    }
    setBusy(false);
  };
  /** Saves what was changed first: what is published is what is on screen. */
  const start = async (): Promise<void> => {
    if (draft.isDirty && !(await draft.save())) return;
    if (version > 0) setAsked("publish");
    else if (await confirm({ title: t("activate.title"), text: t("activate.text"), action: t("activate") })) await run(() => activate(workflow.id), t("activated"));
  };
  const stop = async (): Promise<void> => {
    if (await confirm({ title: t("pause.title"), text: t("pause.text"), action: t("pause") })) await run(() => pause(workflow.id), t("paused"));
  };

  useActions(
    () => [
      { name: "workflow.save", label: () => texts.t("save"), group: "app", shortcut: "mod+s", when: () => draft.isDirty, perform: () => save() },
      { name: "workflow.undo", label: () => texts.t("undo"), group: "app", icon: Undo2, shortcut: "mod+z", when: () => draft.canUndo, perform: draft.undo },
      { name: "workflow.redo", label: () => texts.t("redo"), group: "app", icon: Redo2, shortcut: "mod+shift+z", when: () => draft.canRedo, perform: draft.redo },
    ],
    [draft],
  );

  return (
    <Page
      title={draft.now.name}
      actions={
        <>
          {tab === "build" && (
            <>
              <IconButton label={t("undo")} shortcut="mod+z" disabled={!draft.canUndo} onClick={draft.undo}>
                <Undo2 className="rtl:-scale-x-100" aria-hidden />
              </IconButton>
              <IconButton label={t("redo")} shortcut="mod+shift+z" disabled={!draft.canRedo} onClick={draft.redo} className="max-sm:hidden">
                <Redo2 className="rtl:-scale-x-100" aria-hidden />
              </IconButton>
              <Button disabled={!draft.isDirty} busy={draft.busy} onClick={() => void save()}>
                {draft.isDirty ? t("save") : t("saved.already")}
              </Button>
            </>
          )}
          {status === "paused" && (
            <Button onClick={() => setAsked("resume")} busy={busy}>
              <Play aria-hidden />
              <span className="max-lg:sr-only">{t("resume")}</span>
            </Button>
          )}
          {status === "active" && (
            <Button onClick={() => void stop()} busy={busy}>
              <Pause aria-hidden />
              <span className="max-lg:sr-only">{t("pause")}</span>
            </Button>
          )}
          {(version === 0 || isNew) && (
            <Button variant="primary" onClick={() => void start()} busy={busy || draft.busy}>
              <Rocket aria-hidden />
              <span className="max-sm:sr-only">{version === 0 ? t("activate") : t("publish")}</span>
            </Button>
          )}
        </>
      }
    >
      <Tabs value={tab} onValueChange={(next) => void go({ tab: next as TabName, step: undefined, run: undefined })} className="flex min-h-0 flex-1 flex-col">
        <div className="flex shrink-0 items-center gap-3 border-b border-line px-3">
          <IconButton label={t("back")} onClick={() => void go({ workflow: undefined, tab: "build", step: undefined, run: undefined })}>
            <ArrowLeft className="rtl:-scale-x-100" aria-hidden />
          </IconButton>
          <TabsList aria-label={t("tabs")} className="min-w-0 border-0">
            <Tab value="build">{t("tab.build")}</Tab>
            <Tab value="runs">{t("tab.runs")}</Tab>
            <Tab value="simulate">{t("tab.simulate")}</Tab>
          </TabsList>
          <span className="ms-auto flex items-center gap-2">
            {version > 0 && <span className="text-xs text-muted max-sm:hidden">{isNew ? t("version.ahead", { version }) : t("version", { version })}</span>}
            <StateBadge status={status} />
          </span>
        </div>
        <Trouble workflow={workflow} />
        {draft.isBehind && (
          <div role="alert" className="flex shrink-0 flex-wrap items-center gap-3 border-b border-line bg-warning-soft px-4 py-2 text-sm text-warning">
            <TriangleAlert className="size-4 shrink-0" aria-hidden />
            <p className="min-w-0 flex-1">{t("behind")}</p>
            <Button size="sm" onClick={draft.takeTheirs}>
              {t("behind.theirs")}
            </Button>
            <Button size="sm" onClick={() => void save(true)} busy={draft.busy}>
              {t("behind.mine")}
            </Button>
          </div>
        )}
        <TabPanel value="build" className={panelClass}>
          <Build workflow={workflow} parts={parts} draft={draft} />
        </TabPanel>
        <TabPanel value="runs" className={panelClass}>
          {version === 0 ? (
            <EmptyState icon={Icon} title={t("runs.never.title")} text={t("runs.never.text")} action={<Button onClick={() => void go({ tab: "build" })}>{t("runs.never.action")}</Button>} />
          ) : (
            <Suspense fallback={<SkeletonRows rows={6} />}>
              <Runs workflow={workflow} parts={parts} />
            </Suspense>
          )}
        </TabPanel>
        <TabPanel value="simulate" className={panelClass}>
          <Suspense fallback={<SkeletonRows rows={6} />}>
            <Simulate workflow={workflow} parts={parts} definition={draft.now.definition} isNew={isNew} />
          </Suspense>
        </TabPanel>
      </Tabs>
      <Suspense>
        {asked === "publish" && <Publish workflow={workflow} parts={parts} close={() => setAsked(undefined)} />}
        {asked === "resume" && <Resume workflow={workflow} close={() => setAsked(undefined)} />}
      </Suspense>
    </Page>
  );
}

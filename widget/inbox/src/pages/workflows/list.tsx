import type { WorkflowFigures, WorkflowSummary } from "#shared/wire.ts";
import { clientId } from "#shared/ids.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { confirm } from "#ui/confirm.ts";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "#ui/menu.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { ErrorState } from "#ui/states.tsx";
import { Table, Td, Th, Tr } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";
import { toast } from "#ui/toast.tsx";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Copy, Ellipsis, Footprints, MailWarning, Pause, Play, Plus } from "lucide-react";
import { Suspense, useState } from "react";
import { useActions } from "../../actions/registry.ts";
import { queries } from "../../data/queries.ts";
import { app } from "../../i18n/app.ts";
import { useLocale } from "../../i18n/locale.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { later } from "../../later.tsx";
import { Page } from "../../shell/page.tsx";
import { createWorkflow, figuresQuery, partsQuery, pause, workflowQuery, workflowsQuery } from "./data.ts";
import { pathOf, usePlace } from "./go.ts";
import { TriggerIcon } from "./look.tsx";
import { name as pageName } from "./name.ts";
import { StarterCards } from "./starter-cards.tsx";
import { StateBadge } from "./state-badge.tsx";
import { texts, word } from "./texts.ts";
import { useSummary } from "./use-summary.ts";

const Resume = later(() => import("./resume.tsx"));

export default function List() {
  const t = texts.use();
  const named = pageName.use();
  const shell = app.use();
  const { go } = usePlace();
  const { data, error, isPending, isFetching, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(workflowsQuery);
  const figures = useQuery(figuresQuery);
  const [isAdding, setAdding] = useState(false);
  const [busy, setBusy] = useState(false);
  const [resuming, setResuming] = useState<WorkflowSummary>();
  useActions(() => [{ name: "workflow.add", label: () => texts.t("new"), group: "app", icon: Plus, shortcut: "c", perform: () => setAdding(true) }], []);

  const make = async (name: string, definition: object): Promise<void> => {
    if (busy) return;
    setBusy(true);
    try {
      const { id } = await createWorkflow(name, definition, clientId());
      void go({ workflow: id });
    } catch (error) {
      toast({ tone: "error", title: t("new.failed"), text: problemText(error), key: "workflow" });
    }
    setBusy(false);
  };
  const begin = (name: string, definition: object): void => void make(name, definition);
  const copy = async ({ id, name }: WorkflowSummary): Promise<void> => {
    try {
      const { definition } = await queries.fetchQuery(workflowQuery(id));
      await make(t("copy.name", { name }).slice(0, 120), definition);
    } catch (error) {
      toast({ tone: "error", title: t("new.failed"), text: problemText(error), key: "workflow" });
    }
  };
  const stop = async ({ id, name }: WorkflowSummary): Promise<void> => {
    if (!(await confirm({ title: t("pause.title.of", { name }), text: t("pause.text"), action: t("pause") }))) return;
    try {
      await pause(id);
      toast({ tone: "success", title: t("paused"), key: "workflow" });
    } catch (error) {
      toast({ tone: "error", title: t("failed"), text: problemText(error), key: "workflow" });
    }
  };

  const workflows = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Page
      title={named("page")}
      actions={
        workflows.length > 0 && (
          <Button variant="primary" onClick={() => setAdding(true)} aria-label={t("new")}>
            <Plus aria-hidden />
            <span className="max-sm:hidden">{t("new")}</span>
          </Button>
        )
      }
    >
      {isPending ? (
        <SkeletonRows rows={6} avatar={false} />
      ) : !data ? (
        <ErrorState title={t("error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} />
      ) : workflows.length === 0 ? (
        <div className="min-h-0 flex-1 overflow-y-auto">
          <div className="mx-auto max-w-240 px-4 py-10 md:py-16">
            <h2 className="text-center text-xl font-semibold">{t("empty.title")}</h2>
            <p className="mx-auto mt-2 mb-8 max-w-140 text-center text-sm text-balance text-muted">{t("empty.text")}</p>
            <StarterCards onPick={begin} busy={busy} />
          </div>
        </div>
      ) : (
        <div className="flex min-h-0 flex-1 flex-col">
          <Rows workflows={workflows} figures={figures.data} copy={(each) => void copy(each)} pause={(each) => void stop(each)} resume={setResuming} />
          {hasNextPage && (
            <div className="flex shrink-0 justify-center border-t border-line p-3">
              <Button size="sm" onClick={() => void fetchNextPage()} busy={isFetchingNextPage}>
                {shell("more")}
              </Button>
            </div>
          )}
          <p className="mt-auto border-t border-line px-4 py-2 text-xs text-faint">{t("kept")}</p>
        </div>
      )}
      <Dialog open={isAdding} onOpenChange={setAdding}>
        <DialogContent size="lg" title={t("new")} text={t("new.text")}>
          <StarterCards onPick={begin} busy={busy} />
        </DialogContent>
      </Dialog>
      <Suspense>{resuming && <Resume workflow={resuming} close={() => setResuming(undefined)} />}</Suspense>
    </Page>
  );
}

interface RowsProps {
  workflows: readonly WorkflowSummary[];
  figures: readonly WorkflowFigures[] | undefined;
  copy: (workflow: WorkflowSummary) => void;
  pause: (workflow: WorkflowSummary) => void;
  resume: (workflow: WorkflowSummary) => void;
}

function Rows({ workflows, figures, copy, pause, resume }: RowsProps) {
  const t = texts.use();
  const named = pageName.use();
  const locale = useLocale();
  const { go } = usePlace();
  const parts = useQuery(partsQuery);
  const { ofTrigger } = useSummary(parts.data);
  const number = (value: number, isLeast = false): string => value.toLocaleString(locale) + (isLeast ? "+" : "");
  return (
    <Table label={named("page")}>
      <thead>
        <tr>
          <Th className="ps-4">{t("name")}</Th>
          <Th>{t("state")}</Th>
          <Th className="text-end max-sm:hidden">{t("running")}</Th>
          <Th className="text-end max-md:hidden">{t("week.entered")}</Th>
          <Th className="text-end max-lg:hidden">{t("week.finished")}</Th>
          <Th className="text-end max-lg:hidden">{t("week.left")}</Th>
          <Th className="max-md:hidden">{t("changed")}</Th>
          <Th className="w-12">
            <span className="sr-only">{t("menu")}</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {workflows.map((workflow) => {
          const week = figures?.find(({ workflow_id }) => workflow_id === workflow.id);
          const trigger = ofTrigger({ type: workflow.trigger_type, config: {} }).title;
          const { enrolled_count, completed_count, exited_count } = workflow;
          return (
            <Tr key={workflow.id} onClick={() => void go({ workflow: workflow.id })} data-workflow={workflow.id}>
              <Td className="ps-4">
                <span className="flex items-center gap-3 py-1">
                  <TriggerIcon type={workflow.trigger_type} className="bg-accent-soft text-accent-text" />
                  <span className="min-w-0">
                    <Link to={pathOf(workflow.id)} onClick={(event) => event.stopPropagation()} className="block max-w-80 truncate font-medium hover:underline max-md:max-w-40">
                      <bdi>{workflow.name}</bdi>
                    </Link>
                    <span className="block max-w-80 truncate text-xs text-muted max-md:max-w-40">{trigger}</span>
                  </span>
                </span>
              </Td>
              <Td>
                <span className="flex flex-col items-start gap-1">
                  <StateBadge status={workflow.status} />
                  {workflow.trouble && (
                    <Badge tone="warning" title={word("trouble", workflow.trouble, workflow.trouble.replaceAll("_", " "))}>
                      <MailWarning aria-hidden />
                      {t("trouble.badge")}
                    </Badge>
                  )}
                </span>
              </Td>
              <Td className="text-end font-medium tabular-nums max-sm:hidden">{number(enrolled_count - completed_count - exited_count)}</Td>
              <Td className="text-end text-muted tabular-nums max-md:hidden">{week ? number(week.entered, week.is_least) : "–"}</Td>
              <Td className="text-end text-muted tabular-nums max-lg:hidden">{week ? number(week.completed) : "–"}</Td>
              <Td className="text-end text-muted tabular-nums max-lg:hidden">{week ? number(week.exited) : "–"}</Td>
              <Td className="whitespace-nowrap text-muted max-md:hidden">
                <Ago at={workflow.updated_at} />
              </Td>
              <Td className="pe-3 text-end" onClick={(event) => event.stopPropagation()}>
                <Menu>
                  <MenuTrigger asChild>
                    <IconButton label={t("menu.of", { name: workflow.name })}>
                      <Ellipsis aria-hidden />
                    </IconButton>
                  </MenuTrigger>
                  <MenuContent align="end">
                    <MenuItem icon={<Footprints aria-hidden />} onSelect={() => void go({ workflow: workflow.id, tab: "runs" })}>
                      {t("tab.runs")}
                    </MenuItem>
                    <MenuItem icon={<Copy aria-hidden />} onSelect={() => copy(workflow)}>
                      {t("copy")}
                    </MenuItem>
                    {workflow.status === "active" && (
                      <MenuItem icon={<Pause aria-hidden />} onSelect={() => pause(workflow)}>
                        {t("pause")}
                      </MenuItem>
                    )}
                    {workflow.status === "paused" && (
                      <MenuItem icon={<Play aria-hidden />} onSelect={() => resume(workflow)}>
                        {t("resume")}
                      </MenuItem>
                    )}
                  </MenuContent>
                </Menu>
              </Td>
            </Tr>
          );
        })}
      </tbody>
    </Table>
  );
}

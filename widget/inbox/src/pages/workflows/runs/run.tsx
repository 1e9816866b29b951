import type { EnrollmentHistory } from "#shared/wire.ts";
import { Avatar } from "#ui/avatar.tsx";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { confirm } from "#ui/confirm.ts";
import { IconButton } from "#ui/icon-button.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { toast } from "#ui/toast.tsx";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CircleDot, DoorOpen, Flag, LogIn, SearchX, X } from "lucide-react";
import { isProblem } from "../../../api/problem.ts";
import { app } from "../../../i18n/app.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { contactWorkflowsQuery, exitRun, runQuery } from "../data.ts";
import { pathOf } from "../go.ts";
import { useSaid, useWhy } from "../said.ts";
import { texts, word } from "../texts.ts";
import { Dot, Line, Step, Timeline, useWhen } from "../timeline.tsx";
import { Mail } from "./mail.tsx";

/** One run of one contact, step by step, with the reason for everything. */
export function Run({ id, titles, close }: { id: number; titles: ReadonlyMap<string, string>; close: () => void }) {
  const t = texts.use();
  const { data, error, isFetching, refetch } = useQuery(runQuery(id));
  if (!data) {
    return isProblem(error, "not_found") ? (
      <EmptyState icon={SearchX} title={t("run.gone")} action={<Button onClick={close}>{t("run.close")}</Button>} />
    ) : error ? (
      <ErrorState title={t("run.error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} />
    ) : (
      <SkeletonRows rows={4} />
    );
  }
  return <History run={data} titles={titles} close={close} />;
}

const tones = { active: "accent", completed: "success", exited: "neutral" } as const;

function History({ run, titles, close }: { run: EnrollmentHistory; titles: ReadonlyMap<string, string>; close: () => void }) {
  const t = texts.use();
  const shell = app.use();
  const when = useWhen();
  const said = useSaid();
  const name = run.contact_name || (run.contact_id === null ? t("runs.deleted") : t("runs.visitor"));
  const takeOut = async (): Promise<void> => {
    if (!(await confirm({ title: t("run.exit.title", { name }), text: t("run.exit.text"), action: t("run.exit"), danger: true }))) return;
    try {
      await exitRun(run);
    } catch (error) {
      toast({ tone: "error", title: t("failed"), text: problemText(error), key: "workflow" });
    }
  };
  const last = run.steps?.at(-1);
  const isAtLast = last?.step_id === run.step_id;
  return (
    <div className="flex h-full min-h-0 flex-col" data-run-panel={run.id}>
      <header className="flex shrink-0 items-center gap-3 border-b border-line p-4">
        <Avatar name={name} seed={run.contact_id ?? run.id} size="lg" />
        <div className="min-w-0 flex-1">
          <h2 className="truncate text-base font-semibold">
            {run.contact_id === null ? (
              name
            ) : (
              <Link to="/contacts" search={{ contact: run.contact_id }} className="hover:underline">
                <bdi>{name}</bdi>
              </Link>
            )}
          </h2>
          <p className="mt-0.5 flex items-center gap-2 text-xs text-muted">
            <Badge tone={tones[run.status]}>{t(`run.${run.status}`)}</Badge>
            <span className="truncate">{t("version", { version: run.version })}</span>
          </p>
        </div>
        <IconButton label={shell("close")} onClick={close}>
          <X aria-hidden />
        </IconButton>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto p-4">
        <Timeline>
          <Line icon={<Dot><LogIn className="size-4" aria-hidden /></Dot>} title={t("run.entered")} at={when(run.enrolled_at)} detail={run.entry_key && t("run.key", { key: run.entry_key })} />
          {run.steps?.map((step) => (
            <Step key={step.step_id} step={{ ...step, why: said(step.said, step.detail) }} title={titles.get(step.step_id) || word("step", step.kind, step.kind)} at={when(step.at)} more={step.mail ? <Mail mail={step.mail} /> : undefined} />
          ))}
          {run.status === "active" && (!isAtLast || run.due_at) && (
            <Line
              icon={<Dot tone="here"><CircleDot className="size-4" aria-hidden /></Dot>}
              title={titles.get(run.step_id) ?? run.step_id}
              at={run.due_at ? t("run.until", { time: when(run.due_at) }) : t("run.waits")}
              detail={said(run.held, run.note)}
              isNow
            />
          )}
          {run.status !== "active" && (
            <Line
              icon={<Dot>{run.status === "completed" ? <Flag className="size-4" aria-hidden /> : <DoorOpen className="size-4" aria-hidden />}</Dot>}
              title={word("reason", run.reason, run.reason.replaceAll("_", " "))}
              at={run.ended_at ? when(run.ended_at) : ""}
              detail={said(run.said, run.detail)}
            />
          )}
        </Timeline>
        {run.contact_id !== null && <Elsewhere contact={run.contact_id} workflow={run.workflow_id} />}
      </div>
      {run.status === "active" && (
        <footer className="shrink-0 border-t border-line px-3 py-2.5">
          <Button variant="ghost" className="text-danger hover:text-danger" onClick={() => void takeOut()}>
            <DoorOpen aria-hidden />
            {t("run.exit")}
          </Button>
        </footer>
      )}
    </div>
  );
}

/** Why the same contact is in the other workflows, or not. */
function Elsewhere({ contact, workflow }: { contact: number; workflow: number }) {
  const t = texts.use();
  const why = useWhy();
  const { data } = useQuery(contactWorkflowsQuery(contact));
  const others = data?.filter(({ workflow_id }) => workflow_id !== workflow) ?? [];
  if (others.length === 0) return null;
  return (
    <section className="mt-6 border-t border-line pt-4">
      <h3 className="mb-2 text-xs font-semibold text-muted">{t("run.elsewhere")}</h3>
      <ul className="flex flex-col gap-2">
        {others.map((each) => (
          <li key={each.workflow_id} className="text-sm">
            <Link to={pathOf(each.workflow_id)} className="font-medium hover:underline">
              <bdi>{each.name}</bdi>
            </Link>
            <p className="text-xs text-muted">
              {word("reason", each.reason, each.reason.replaceAll("_", " "))} <span dir="auto" className="text-faint">{why(each)}</span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

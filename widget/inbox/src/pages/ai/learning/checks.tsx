import type { CheckView, ChecksView, EvaluationView } from "#shared/wire.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { confirm } from "#ui/confirm.ts";
import { IconButton } from "#ui/icon-button.tsx";
import { Progress } from "#ui/progress.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { Table, Td, Th, Tr } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";
import { useQuery } from "@tanstack/react-query";
import { ListChecks, Play, Plus, Square, Trash2, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useLocale } from "../../../i18n/locale.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { useIsRole } from "../../../session/session.ts";
import { AddCheck } from "./add-check.tsx";
import { checksQuery, dropCheck, runChecks, stopChecks } from "./data.ts";
import { texts } from "./texts.ts";
import { Trend } from "./trend.tsx";

/** Questions that must hold, what the last run made of them, and what broke. */
export default function Checks() {
  const t = texts.use();
  const mayWrite = useIsRole("admin", "user");
  const [adding, setAdding] = useState(false);
  const { data, error, isFetching, refetch } = useQuery(checksQuery);
  if (!data) return error ? <ErrorState title={t("checks.error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} /> : <SkeletonRows avatar={false} />;
  const [newest] = data.evaluations;
  const done = data.evaluations.filter(({ status }) => status === "done");
  const add = (
    <Button onClick={() => setAdding(true)} disabled={data.checks.length >= data.most}>
      <Plus aria-hidden />
      {t("checks.add")}
    </Button>
  );
  return (
    <div className="mx-auto flex w-full max-w-240 flex-col gap-4 p-4 md:p-6">
      <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <p className="max-w-140 text-sm text-muted">{t("checks.text")}</p>
        {mayWrite && data.checks.length > 0 && (
          <div className="flex flex-wrap gap-2">
            {add}
            {newest?.status !== "running" && (
              <Button variant="primary" onClick={() => void runChecks()}>
                <Play aria-hidden />
                {t("checks.run")}
              </Button>
            )}
          </div>
        )}
      </header>
      {newest?.status === "running" && <Running run={newest} />}
      {newest?.status === "failed" && <Alert title={t("checks.failed")} text={failure(newest.trouble)} />}
      {done[0] && done[0].broken > 0 && <Alert title={t("checks.broken", { count: done[0].broken })} text={t("checks.broken.text")} />}
      {done[0] && <Figures run={done[0]} />}
      {done.length > 1 && (
        <section aria-label={t("checks.trend")} className="rounded-md border border-line bg-pane p-4">
          <h2 className="mb-2 text-sm font-semibold">{t("checks.trend")}</h2>
          <Trend runs={done.toReversed()} />
        </section>
      )}
      {data.checks.length === 0 ? <EmptyState icon={ListChecks} title={t("checks.empty.title")} text={t("checks.empty.text")} action={mayWrite && add} /> : <List data={data} />}
      {adding && <AddCheck close={() => setAdding(false)} />}
    </div>
  );
}

/** Why a run failed, and what to do. */
function failure(trouble: EvaluationView["trouble"]): string {
  const why = trouble === "" ? "" : `${texts.t(`checks.failed.${trouble}`)} `;
  return why + texts.t("checks.failed.text");
}

function Alert({ title, text }: { title: string; text: string }) {
  return (
    <div role="alert" className="flex gap-3 rounded-md border border-line bg-danger-soft p-4 text-sm text-danger">
      <TriangleAlert className="size-5 shrink-0" aria-hidden />
      <p>
        <strong className="block font-semibold">{title}</strong>
        {text}
      </p>
    </div>
  );
}

function Running({ run }: { run: EvaluationView }) {
  const t = texts.use();
  const mayWrite = useIsRole("admin", "user");
  const label = t("checks.progress", { done: run.done, total: run.total });
  return (
    <section aria-label={label} className="flex flex-wrap items-center gap-3 rounded-md border border-line bg-pane p-4 text-sm">
      <span className="tabular-nums">{label}</span>
      <span className="min-w-40 flex-1">
        <Progress value={run.total ? run.done / run.total : 0} label={label} />
      </span>
      {mayWrite && (
        <Button size="sm" onClick={() => void stopChecks()}>
          <Square aria-hidden />
          {t("checks.stop")}
        </Button>
      )}
    </section>
  );
}

function Figures({ run }: { run: EvaluationView }) {
  const t = texts.use();
  const locale = useLocale();
  const whole = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const share = (value: number | null): string => (value === null ? "–" : percent.format(value));
  const figures = [
    [t("checks.held"), `${whole.format(run.held)} / ${whole.format(run.total)}`],
    [t("checks.right"), whole.format(run.answered_right)],
    [t("checks.wrong"), whole.format(run.wrong_article)],
    [t("checks.over"), whole.format(run.handed_over)],
    [t("checks.recall"), share(run.recall)],
    [t("checks.confidence"), share(run.confidence)],
  ] as const;
  return (
    <section aria-label={t("checks.figures")}>
      <h2 className="mb-2 flex flex-wrap items-baseline gap-x-2 text-sm font-semibold">
        {t("checks.figures")} {run.finished_at && <Ago at={run.finished_at} className="text-xs font-normal text-faint" />}
      </h2>
      <dl className="grid grid-cols-2 gap-3 md:grid-cols-3">
        {figures.map(([label, value]) => (
          <div key={label} className="rounded-md border border-line bg-pane px-4 py-3">
            <dt className="text-sm text-muted">{label}</dt>
            <dd className="mt-1 text-xl font-semibold tabular-nums">
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function List({ data }: { data: ChecksView }) {
  const t = texts.use();
  return (
    <div className="rounded-md border border-line bg-pane">
      <h2 className="flex items-baseline justify-between px-4 py-3 text-sm font-semibold">
        {t("checks.list")}
        <span className="text-xs font-normal text-faint tabular-nums">{t("checks.most", { count: data.checks.length, most: data.most })}</span>
      </h2>
      <Table label={t("checks.list")}>
        <thead>
          <tr>
            <Th>{t("check.question")}</Th>
            <Th>{t("check.must")}</Th>
            <Th>{t("check.last")}</Th>
            <Th>
              <span className="sr-only">{t("check.drop.action")}</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {data.checks.map((check) => (
            <Row key={check.id} check={check} />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function Row({ check }: { check: CheckView }) {
  const t = texts.use();
  const mayWrite = useIsRole("admin", "user");
  const { question, expects, article, last } = check;
  const drop = async (): Promise<void> => {
    if (await confirm({ title: t("check.drop.title"), text: t("check.drop.text", { question }), action: t("check.drop.action"), danger: true })) await dropCheck(check.id);
  };
  return (
    <Tr>
      <Td className="min-w-56">
        <bdi>{question}</bdi>
      </Td>
      <Td className="min-w-40 text-muted">{expects === "handover" ? t("check.must.handover") : article ? t("check.must.answer", { title: article.title }) : t("check.must.any")}</Td>
      <Td className="min-w-40">
        {last ? (
          <span className="flex flex-wrap items-center gap-x-2">
            <Badge tone={last.held ? "success" : "danger"}>{t(last.changed ? `check.${last.changed}` : last.held ? "check.held" : "check.not")}</Badge>
            {!last.held && <span className="text-muted">{t(`check.was.${last.outcome}`, { title: last.title })}</span>}
          </span>
        ) : (
          <span className="text-faint">{t("checks.never")}</span>
        )}
      </Td>
      <Td className="w-10">
        {mayWrite && (
          <IconButton label={t("check.drop", { question })} onClick={() => void drop()}>
            <Trash2 aria-hidden />
          </IconButton>
        )}
      </Td>
    </Tr>
  );
}

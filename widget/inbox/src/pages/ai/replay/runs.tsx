import type { ReplayCaseView, ReplayView } from "#shared/wire.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Markdown } from "#ui/markdown.tsx";
import { plainLine } from "#ui/plain-line.ts";
import { Progress } from "#ui/progress.tsx";
import { Select } from "#ui/select.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { ErrorState } from "#ui/states.tsx";
import { Ago } from "#ui/time.tsx";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Play, Square } from "lucide-react";
import { useState } from "react";
import { useLocale } from "../../../i18n/locale.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { useIsRole } from "../../../session/session.ts";
import { casesQuery, replaysQuery, resumeReplay, stopReplay, type CaseKind } from "./data.ts";
import { texts } from "./texts.ts";

const kinds = ["answers_gained", "answers_lost", "answers_changed", "escalations_gained", "escalations_lost", "same"] as const;

/** What was tried of a kind, the newest first: how far it is, what it would change, and each case before and after. */
export function Runs({ kind }: Pick<ReplayView, "kind">) {
  const t = texts.use();
  const [chosen, setChosen] = useState<string>();
  const { data, error, isFetching, refetch } = useQuery(replaysQuery);
  if (!data) return error ? <ErrorState title={t("runs.error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} /> : <SkeletonRows avatar={false} />;
  const runs = data.filter((run) => run.kind === kind);
  const [newest] = runs;
  const shown = (newest?.status === "running" ? newest : runs.find(({ id }) => String(id) === chosen)) ?? newest;
  if (!shown) return null;
  return (
    <div className="flex flex-col gap-3 border-t border-line pt-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div>
          <h3 className="text-sm font-semibold">
            <bdi>{shown.title}</bdi>
          </h3>
          <p className="text-xs text-muted">
            {t("run.done", { count: shown.total, name: shown.started_by })} <Ago at={shown.started_at} />
          </p>
          {shown.kind === "writing" && <Spent run={shown} />}
        </div>
        {runs.length > 1 && (
          <Select
            aria-label={t("runs.which")}
            value={String(shown.id)}
            onChange={setChosen}
            className="w-auto max-w-full"
            options={runs.map(({ id, title }, place) => ({ value: String(id), label: `${runs.length - place}. ${title}` }))}
          />
        )}
      </div>
      <State run={shown} />
      <Outcome key={shown.id} run={shown} />
    </div>
  );
}

/** What a language model was told, and what it used. */
function Spent({ run }: { run: ReplayView }) {
  const t = texts.use();
  const locale = useLocale();
  const whole = new Intl.NumberFormat(locale);
  const price = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 4 });
  return (
    <>
      <p className="text-xs text-muted tabular-nums">
        {t("run.spent", { tokens: whole.format(run.tokens_in + run.tokens_out) })}
        {run.cost > 0 && ` · ${t("run.cost", { cost: price.format(run.cost) })}`}
      </p>
      {run.instructions && (
        <p className="max-w-140 text-sm wrap-anywhere whitespace-pre-wrap">
          <span className="text-muted">{t("run.instructions")}</span> <bdi>{run.instructions}</bdi>
        </p>
      )}
    </>
  );
}

function State({ run }: { run: ReplayView }) {
  const t = texts.use();
  const isAdmin = useIsRole("admin");
  const mayWrite = useIsRole("admin", "user") && (isAdmin || run.kind === "article");
  const { id, status, done, total, reason, trouble } = run;
  if (status === "done") return null;
  const label = t(status === "running" ? "run.progress" : reason ? `run.${reason}` : `run.${status}`, { done, total });
  return (
    <div className="flex flex-wrap items-center gap-3 text-sm">
      <span className="tabular-nums">{label}</span>
      <span className="min-w-40 flex-1">
        <Progress value={total ? done / total : 0} label={label} />
      </span>
      {mayWrite &&
        (status === "running" ? (
          <Button size="sm" onClick={() => void stopReplay(id)}>
            <Square aria-hidden />
            {t("run.stop")}
          </Button>
        ) : (
          <Button size="sm" onClick={() => void resumeReplay(id)}>
            <Play aria-hidden />
            {t("run.resume")}
          </Button>
        ))}
      {trouble && (
        <p className="w-full text-danger">
          <bdi>{trouble}</bdi>
        </p>
      )}
    </div>
  );
}

function Outcome({ run }: { run: ReplayView }) {
  const t = texts.use();
  const whole = new Intl.NumberFormat(useLocale());
  const [kind, setKind] = useState<CaseKind>("different");
  return (
    <>
      <div role="group" aria-label={t("kind")} className="grid grid-cols-2 gap-2 sm:grid-cols-3 lg:grid-cols-6">
        {kinds.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={kind === each}
            onClick={() => setKind(kind === each ? "different" : each)}
            className="flex flex-col rounded-md border border-line px-3 py-2 text-start hover:bg-hover aria-pressed:border-accent-text aria-pressed:bg-accent-soft"
          >
            <span className="block text-xl font-semibold tabular-nums">{whole.format(run[each])}</span>
            <span className="block text-xs text-muted">{t(`kind.${each}`)}</span>
          </button>
        ))}
      </div>
      <Cases run={run} kind={kind} />
    </>
  );
}

function Cases({ run, kind }: { run: ReplayView; kind: CaseKind }) {
  const t = texts.use();
  const { data, error, isFetching, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery(casesQuery(run.id, kind, run.done));
  if (!data) return error ? <ErrorState title={t("cases.error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} /> : <SkeletonRows avatar={false} />;
  const cases = data.pages.flatMap(({ items }) => items);
  const hidden = data.pages[0]?.hidden ?? 0;
  return (
    <div>
      {cases.length === 0 && hidden === 0 && run.done > 0 && <p className="text-sm text-muted">{t("cases.none")}</p>}
      <ul aria-label={t(`kind.${kind}`)} className="divide-y divide-line">
        {cases.map((each) => (
          <li key={each.id}>
            <Case found={each} kind={run.kind} />
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button size="sm" onClick={() => void fetchNextPage()} busy={isFetching} className="mt-2">
          {t("cases.more")}
        </Button>
      )}
      {hidden > 0 && <p className="mt-2 text-xs text-muted">{t("cases.hidden", { count: hidden })}</p>}
    </div>
  );
}

const TONES = { gained: "success", lost: "danger", changed: "info" } as const;

function Case({ found, kind }: { found: ReplayCaseView } & Pick<ReplayView, "kind">) {
  const t = texts.use();
  const { question, answer, escalation, before, after, conversation_id, number } = found;
  return (
    <details className="py-2 text-sm">
      <summary className="cursor-pointer rounded-xs py-1 wrap-anywhere touch:py-2">
        {answer && <Badge tone={TONES[answer]}>{t(`tag.${answer}`)}</Badge>} {escalation && <Badge tone="outline">{t(`tag.escalation.${escalation}`)}</Badge>}{" "}
        <bdi className="font-medium">{plainLine(question)}</bdi>
      </summary>
      <p className="mt-1 ps-4">
        <Link to="/inbox/$conversation" params={{ conversation: String(conversation_id) }} search={{}} className="text-xs text-accent-text hover:underline">
          <span dir="ltr">#{number}</span>
        </Link>{" "}
        <Ago at={found.asked_at} className="text-xs text-muted" />
      </p>
      <div className="mt-2 grid gap-3 ps-4 md:grid-cols-2">
        <Side title={t(kind === "writing" ? "side.then" : "side.before")} side={before} />
        <Side title={t("side.after")} side={after} />
      </div>
    </details>
  );
}

function Side({ title, side }: { title: string; side: ReplayCaseView["before"] }) {
  const t = texts.use();
  const percent = new Intl.NumberFormat(useLocale(), { style: "percent", maximumFractionDigits: 0 });
  return (
    <section aria-label={title} className="rounded-md border border-line p-3">
      <h4 className="text-xs font-semibold text-muted">{title}</h4>
      <p className="mt-1">
        {t(`side.${side.outcome}`, { title: side.title, confidence: percent.format(side.confidence ?? 0) })}
        {side.outcome !== "answered" && side.confidence !== null && ` · ${t("case.sure", { confidence: percent.format(side.confidence) })}`}
      </p>
      {side.trouble && (
        <p className="mt-1 text-muted">
          <bdi>{side.trouble}</bdi>
        </p>
      )}
      {side.outcome === "answered" && (
        <div className="mt-2 border-s-2 border-line ps-3">
          <Markdown text={side.draft} />
        </div>
      )}
    </section>
  );
}

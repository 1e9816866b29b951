import type { GapArticle, GapPage, GapQuestion, GapView } from "#shared/wire.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { plainLine } from "#ui/plain-line.ts";
import { Select } from "#ui/select.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { Ago } from "#ui/time.tsx";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { BookPlus, CircleHelp, RefreshCw } from "lucide-react";
import { useState } from "react";
import { problemText } from "../../../i18n/problem-text.ts";
import { useIsRole } from "../../../session/session.ts";
import { ChooseArticle } from "./choose-article.tsx";
import { assign, dismiss, gapsQuery, look, openAgain, writeArticle, type GapKind } from "./data.ts";
import { texts } from "./texts.ts";
import { Weeks } from "./weeks.tsx";

const kinds = ["open", "handled", "dismissed"] as const;
const empties = {
  open: ["gaps.empty.title", "gaps.empty.text"],
  handled: ["gaps.empty.handled", "gaps.empty.handled.text"],
  dismissed: ["gaps.empty.dismissed", "gaps.empty.dismissed.text"],
} as const;

/** What the AI agent could not answer, most asked first, and what can be done about it. */
export default function Gaps() {
  const t = texts.use();
  const [kind, setKind] = useState<GapKind>("open");
  const { data, error, isFetching, refetch } = useQuery(gapsQuery(kind));
  if (!data) return error ? <ErrorState title={t("gaps.error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} /> : <SkeletonRows avatar={false} />;
  const [title, text] = empties[kind];
  return (
    <div className="mx-auto flex max-w-240 flex-col gap-4 p-4 md:p-6">
      <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <p className="max-w-140 text-sm text-muted">{t("gaps.text")}</p>
        <div className="flex flex-wrap gap-2">
          <Select aria-label={t("gaps.kind")} value={kind} onChange={setKind} className="w-auto" options={kinds.map((each) => ({ value: each, label: t(`gaps.kind.${each}`) }))} />
          <Button onClick={() => void look()} busy={data.is_looking}>
            <RefreshCw className={data.is_looking ? "motion-safe:animate-spin" : ""} aria-hidden />
            {t(data.is_looking ? "gaps.looking" : "gaps.look")}
          </Button>
        </div>
      </header>
      {data.weeks.some(Boolean) && <Trend page={data} />}
      {data.items.length === 0 ? (
        <EmptyState icon={CircleHelp} title={t(title)} text={t(text)} />
      ) : (
        <ul aria-label={t("gaps.list")} className="flex flex-col gap-3">
          {data.items.map((gap) => (
            <li key={gap.id}>
              <Gap gap={gap} most={Math.max(...data.items.flatMap(({ weeks }) => weeks))} />
            </li>
          ))}
        </ul>
      )}
      {data.hidden > 0 && <p className="text-sm text-muted">{t("gaps.hidden", { count: data.hidden })}</p>}
    </div>
  );
}

function Trend({ page }: { page: GapPage }) {
  const t = texts.use();
  return (
    <section aria-label={t("gaps.trend")} className="rounded-md border border-line bg-pane p-4">
      <h2 className="mb-2 text-sm font-semibold">{t("gaps.trend")}</h2>
      <Weeks counts={page.weeks} label={t("gaps.trend")} className="h-16 w-full max-w-120" />
    </section>
  );
}

function Gap({ gap, most }: { gap: GapView; most: number }) {
  const t = texts.use();
  const [first, ...others] = gap.questions;
  if (!first) return null;
  return (
    <article aria-label={plainLine(first.question)} className="flex flex-col gap-3 rounded-md border border-line bg-pane p-4">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-60 flex-1">
          <Question asked={first} strong />
          <p className="mt-1 flex flex-wrap items-center gap-x-2 text-xs text-muted">
            <Badge tone="warning">{t("gap.count", { count: gap.count })}</Badge>
            <span>
              {t("gap.newest")} <Ago at={gap.newest_at} />
            </span>
          </p>
        </div>
        <Weeks counts={gap.weeks} most={most} />
      </div>
      {others.length > 0 && (
        <details className="text-sm">
          <summary className="w-fit rounded-xs py-1 text-muted select-none hover:text-ink touch:py-2">{t("gap.examples", { count: others.length })}</summary>
          <ul className="mt-1 flex flex-col gap-1.5">
            {others.map((asked) => (
              <li key={asked.decision_id}>
                <Question asked={asked} />
              </li>
            ))}
          </ul>
        </details>
      )}
      <About gap={gap} />
      <Decide gap={gap} />
    </article>
  );
}

function Question({ asked, strong = false }: { asked: GapQuestion; strong?: boolean }) {
  return (
    <p className="text-sm wrap-anywhere">
      <bdi className={strong ? "text-base font-medium" : ""}>{plainLine(asked.question)}</bdi>{" "}
      <Link to="/inbox/$conversation" params={{ conversation: String(asked.conversation_id) }} search={{}} className="text-xs whitespace-nowrap text-accent-text hover:underline">
        <span dir="ltr">#{asked.number}</span>
      </Link>
    </p>
  );
}

function About({ gap }: { gap: GapView }) {
  const t = texts.use();
  const shown = gap.article ?? gap.nearest;
  return (
    <p className="text-sm text-muted">
      {shown ? (
        <>
          {t(gap.article ? "gap.article" : "gap.nearest")} <ArticleLink article={shown} />
        </>
      ) : (
        t("gap.nearest.none")
      )}
      {gap.decided_by && <span className="ms-2 text-xs text-faint">{t("gap.decided", { name: gap.decided_by })}</span>}
    </p>
  );
}

function ArticleLink({ article }: { article: GapArticle }) {
  const t = texts.use();
  return (
    <>
      <Link to="/knowledge" search={{ article: article.id }} className="text-accent-text hover:underline">
        <bdi>{article.title}</bdi>
      </Link>
      {article.status === "draft" && (
        <Badge tone="outline" className="ms-1.5 align-middle">
          {t("gap.draft")}
        </Badge>
      )}
    </>
  );
}

function Decide({ gap }: { gap: GapView }) {
  const t = texts.use();
  const mayWrite = useIsRole("admin", "user");
  const mayDecide = useIsRole("admin", "agent");
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const write = async (): Promise<void> => {
    setBusy(true);
    const article = await writeArticle(gap.id);
    setBusy(false);
    if (article) await navigate({ to: "/knowledge", search: { article: article.id } });
  };
  if (gap.status !== "open")
    return mayDecide ? (
      <div>
        <Button size="sm" onClick={() => void openAgain(gap.id)}>
          {t("gap.reopen")}
        </Button>
      </div>
    ) : null;
  return (
    <div className="flex flex-wrap gap-2">
      {mayWrite && (
        <Button size="sm" onClick={() => void write()} busy={busy}>
          <BookPlus aria-hidden />
          {t("gap.write")}
        </Button>
      )}
      {mayDecide && (
        <>
          <Button size="sm" onClick={() => setChoosing(true)}>
            {t("gap.assign")}
          </Button>
          <Button size="sm" variant="ghost" onClick={() => void dismiss(gap.id)}>
            {t("gap.dismiss")}
          </Button>
        </>
      )}
      {choosing && (
        <ChooseArticle
          title={t("choose.title")}
          text={t("choose.text")}
          close={() => setChoosing(false)}
          chosen={(article) => {
            setChoosing(false);
            void assign(gap.id, article);
          }}
        />
      )}
    </div>
  );
}

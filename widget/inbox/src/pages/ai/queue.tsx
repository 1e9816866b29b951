import type { ToReview } from "#shared/wire.ts";
import { Badge, type Tone } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { cn } from "#ui/cn.ts";
import { Panes } from "#ui/panes.tsx";
import { plainLine } from "#ui/plain-line.ts";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { Ago } from "#ui/time.tsx";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowDown, ArrowUp, CheckCheck, CircleOff, Inbox } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { useActions } from "../../actions/registry.ts";
import { useLocale } from "../../i18n/locale.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { takeFocus, wantFocus } from "../inbox/thread/focus.ts";
import { reviewsQuery } from "./data.ts";
import { Item } from "./item.tsx";
import { useReviewed, type Reviewed } from "./reviewed.ts";
import { texts } from "./texts.ts";
import { useAi } from "./use-ai.ts";

/** So few are left on the screen that the next ones are fetched. */
const FEW = 8;

/** The drafts that wait for a review beside the one that is looked at. */
export function Queue() {
  const t = texts.use();
  const { search, go } = useAi();
  const { data, error, isPending, isFetching, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(reviewsQuery);
  const reviewed = useReviewed();
  const waiting = useMemo(() => data?.pages.flatMap(({ items }) => items).filter(({ receipt }) => reviewed[receipt.id]?.failed ?? true) ?? [], [data, reviewed]);
  const done = useMemo(() => Object.values(reviewed).flatMap(({ item, failed }) => (item && !failed ? [item] : [])), [reviewed]);
  const all = [...waiting, ...done];
  const id = search.decision ?? waiting[0]?.receipt.id;
  const place = all.findIndex(({ receipt }) => receipt.id === id);
  const found = all[place];
  // What somebody else reviews meanwhile stays as long as it is looked at.
  const [kept, setKept] = useState(found);
  if (found && found !== kept) setKept(found);
  const item = found ?? (kept && kept.receipt.id === id ? kept : undefined);

  useEffect(() => {
    if (waiting.length < FEW && hasNextPage && !isFetchingNextPage && !error) void fetchNextPage();
  }, [waiting.length, hasNextPage, isFetchingNextPage, error, fetchNextPage]);

  const open = (decision: number | undefined): void => void go(decision === undefined ? {} : { decision }, { replace: search.decision !== undefined && decision !== undefined });
  const move = (step: 1 | -1): void => {
    const next = place === -1 ? all[0] : all[place + step];
    if (next) open(next.receipt.id);
  };
  /** On to the next one that waits: the one after it, else the first. */
  const said = (): void => {
    const others = waiting.filter(({ receipt }) => receipt.id !== id);
    const next = others.find((other) => waiting.indexOf(other) > place) ?? others[0];
    if (!next) wantFocus();
    open(next?.receipt.id);
  };
  useActions(
    () => [
      { name: "review.next", label: () => texts.t("next"), group: "app", icon: ArrowDown, shortcut: "j", repeats: true, perform: () => move(1) },
      { name: "review.previous", label: () => texts.t("previous"), group: "app", icon: ArrowUp, shortcut: "k", repeats: true, perform: () => move(-1) },
    ],
    // What `move` goes by.
    [id, data, reviewed],
  );

  if (isPending) return <SkeletonRows avatar={false} />;
  if (!data) return <ErrorState title={t("error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} />;
  if (all.length === 0 && !item && search.decision === undefined) return <Nothing />;
  return (
    <Panes
      id="ai"
      active={search.decision === undefined ? "list" : "item"}
      panes={[
        {
          id: "list",
          label: t("list"),
          width: { start: 340, min: 272, max: 520 },
          content: <List waiting={waiting} done={done} reviewed={reviewed} open={id} />,
        },
        {
          id: "item",
          label: t("item"),
          content: item ? (
            <Item item={item} back={() => open(undefined)} next={() => move(1)} previous={() => move(-1)} said={said} again={() => void go({ decision: item.receipt.id })} />
          ) : search.decision === undefined ? (
            <AllDone />
          ) : (
            <EmptyState icon={CircleOff} title={t("gone.title")} text={t("gone.text")} action={<Button onClick={() => open(waiting[0]?.receipt.id)}>{t("next")}</Button>} />
          ),
        },
      ]}
    />
  );
}

interface ListProps {
  waiting: readonly ToReview[];
  done: readonly ToReview[];
  reviewed: Readonly<Record<number, Reviewed>>;
  open: number | undefined;
}

function List({ waiting, done, reviewed, open }: ListProps) {
  const t = texts.use();
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      {waiting.length > 0 && <Rows title={t("waiting")} items={waiting} reviewed={reviewed} open={open} />}
      {waiting.length === 0 && <p className="px-4 py-3 text-sm text-muted md:hidden">{t("all.title")}</p>}
      {done.length > 0 && <Rows title={t("reviewed")} items={done} reviewed={reviewed} open={open} />}
    </div>
  );
}

function Rows({ title, items, reviewed, open }: { title: string; items: readonly ToReview[]; reviewed: Readonly<Record<number, Reviewed>>; open: number | undefined }) {
  return (
    <section>
      <h2 className="sticky top-0 z-10 border-b border-line bg-sunken px-4 py-1.5 text-xs font-semibold text-muted">{title}</h2>
      <ul aria-label={title}>
        {items.map((item) => (
          <Row key={item.receipt.id} item={item} said={reviewed[item.receipt.id]} open={item.receipt.id === open} />
        ))}
      </ul>
    </section>
  );
}

const tones: Record<Reviewed["input"]["verdict"], Tone> = { approve: "success", edit: "accent", reject: "danger" };

function Row({ item: { receipt, number, unsure }, said, open }: { item: ToReview; said: Reviewed | undefined; open: boolean }) {
  const t = texts.use();
  const percent = new Intl.NumberFormat(useLocale(), { style: "percent", maximumFractionDigits: 0 });
  return (
    <li>
      <Link
        to="/ai"
        search={{ decision: receipt.id }}
        aria-current={open ? "true" : undefined}
        className={cn("flex flex-col gap-1 border-b border-line px-4 py-2.5 transition-colors hover:bg-hover focus-visible:-outline-offset-2", open && "md:bg-accent-soft md:hover:bg-accent-soft")}
      >
        <span className="flex items-baseline gap-2">
          <span dir="auto" className="min-w-0 flex-1 truncate text-sm font-medium">
            {plainLine(receipt.question)}
          </span>
          <Ago at={receipt.created_at} className="shrink-0 text-xs text-faint" />
        </span>
        <span className="flex items-center gap-1.5 text-xs text-muted">
          {said && !said.failed ? <Badge tone={tones[said.input.verdict]}>{t(`verdict.${said.input.verdict}`)}</Badge> : <Badge tone={unsure ? "warning" : "info"}>{t(unsure ? "unsure" : "audit")}</Badge>}
          {receipt.confidence !== null && <span className="tabular-nums">{t("sure", { confidence: percent.format(receipt.confidence) })}</span>}
          <span className="ms-auto text-faint">#{number}</span>
        </span>
      </Link>
    </li>
  );
}

function Nothing() {
  const t = texts.use();
  const { go } = useAi();
  return <EmptyState icon={Inbox} title={t("empty.title")} text={t("empty.text")} action={<Button onClick={() => void go({ tab: "quality" })}>{t("to-quality")}</Button>} />;
}

function AllDone() {
  const t = texts.use();
  const { go } = useAi();
  useEffect(() => takeFocus(document.getElementById("main")), []);
  return <EmptyState icon={CheckCheck} title={t("all.title")} text={t("all.text")} action={<Button onClick={() => void go({ tab: "quality" })}>{t("to-quality")}</Button>} />;
}

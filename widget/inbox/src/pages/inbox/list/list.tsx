import type { ListedConversation } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp, Inbox, SearchX } from "lucide-react";
import { Suspense, useCallback, useEffect, useMemo, useRef } from "react";
import { useActions } from "../../../actions/registry.ts";
import { conversationQuery, listQuery, threadQuery } from "../../../data/conversations.ts";
import { useUserName } from "../../../data/people.ts";
import { queries } from "../../../data/queries.ts";
import { app } from "../../../i18n/app.ts";
import { later } from "../../../later.tsx";
import { problemText } from "../../../i18n/problem-text.ts";
import type { View } from "../../../data/filters.ts";
import { isFiltered } from "../search.ts";
import { texts } from "../texts.ts";
import { useInbox } from "../use-inbox.ts";
import { useIsNew } from "../use-is-new.ts";
import { ListHeader } from "./header.tsx";
import { Row } from "./row.tsx";

const FirstRun = later(() => import("../first-run.tsx"));

const ROW = 96;
const AHEAD = 8; // rows before the end at which the next page is asked for

function prefetch(id: number): void {
  void queries.prefetchInfiniteQuery({ ...threadQuery(id), staleTime: 60_000 });
  void queries.prefetchQuery({ ...conversationQuery(id), staleTime: 60_000 });
}

/** Both ends of two pages may hold a row that moved between their requests. */
function distinct(pages: readonly { items: ListedConversation[] }[]): ListedConversation[] {
  const seen = new Set<number>();
  return pages.flatMap(({ items }) => items).filter(({ conversation: { id } }) => !seen.has(id) && seen.add(id));
}

export function ConversationList() {
  const { filters } = useInbox();
  // Another list starts at its top.
  return (
    <>
      <ListHeader />
      <Rows key={JSON.stringify(filters)} />
    </>
  );
}

function Rows() {
  const t = texts.use();
  const { filters, search, open, show } = useInbox();
  const query = useInfiniteQuery(listQuery(filters));
  const { data, error, isPending, isFetching, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = query;
  const items = useMemo(() => distinct(data?.pages ?? []), [data]);

  if (isPending) return <SkeletonRows />;
  if (error && items.length === 0) return <ErrorState title={t("list.error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} />;
  if (items.length === 0) {
    return isFiltered(search) || filters.status !== "active" ? (
      <EmptyState
        icon={SearchX}
        title={t("list.none.title")}
        text={t("list.none.text")}
        action={<Button onClick={() => show({})}>{t("list.none.action")}</Button>}
      />
    ) : (
      <Quiet view={filters.view} />
    );
  }
  return <Virtual items={items} open={open} more={hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : undefined} loading={isFetchingNextPage} />;
}

/** Nothing under way. To the admin of a new organization it says what comes first: on phones here, elsewhere there is room beside the list. */
function Quiet({ view }: { view: View }) {
  const t = texts.use();
  const isNew = useIsNew();
  return (
    <>
      {isNew && (
        <div className="flex min-h-0 flex-1 overflow-y-auto md:hidden">
          <Suspense>
            <FirstRun />
          </Suspense>
        </div>
      )}
      <EmptyState icon={Inbox} title={t(`empty.${view}.title`)} text={t(`empty.${view}.text`)} {...(isNew ? { className: "max-md:hidden" } : {})} />
    </>
  );
}

interface VirtualProps {
  items: ListedConversation[];
  open: number | undefined;
  more: (() => void) | undefined;
  loading: boolean;
}

function Virtual({ items, open, more, loading }: VirtualProps) {
  const t = texts.use();
  const shell = app.use();
  const scroller = useRef<HTMLDivElement>(null);
  const userName = useUserName();
  const { openConversation } = useInbox();
  // oxlint-disable-next-line react/incompatible-library -- there is no compiler here that would memoize it
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 6,
    getItemKey: (index) => items[index]?.conversation.id ?? index,
  });
  const rows = virtual.getVirtualItems();
  const last = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= items.length - AHEAD) more?.();
  }, [last, items.length, more]);

  // Where the open conversation stood: it may have left this list meanwhile, and j and k go on from there.
  const place = useRef(-1);
  const now = items.findIndex(({ conversation }) => conversation.id === open);
  useEffect(() => {
    if (now >= 0) place.current = now;
  }, [now]);

  const step = useCallback(
    (by: 1 | -1) => {
      const focused = Number((document.activeElement as HTMLElement | null)?.dataset["conversation"] ?? NaN);
      const current = open === undefined ? items.findIndex(({ conversation }) => conversation.id === focused) : now;
      const from = current >= 0 ? current : open === undefined ? -1 : by > 0 ? place.current - 1 : place.current;
      const next = Math.min(items.length - 1, Math.max(0, from + by));
      const target = items[next]?.conversation.id;
      if (target === undefined) return;
      virtual.scrollToIndex(next, { align: "auto" });
      if (open === undefined) {
        prefetch(target);
        // At once, so that fast keys do not overtake it; after the scrolling only where the row was not there to be focused.
        const focus = (): boolean => {
          const element = scroller.current?.querySelector<HTMLElement>(`[data-conversation="${target}"]`);
          element?.focus();
          return element != null;
        };
        if (!focus()) requestAnimationFrame(focus);
      } else {
        openConversation(target, { replace: true });
        const after = items[next + by]?.conversation.id;
        if (after !== undefined) prefetch(after);
      }
    },
    [items, open, now, virtual, openConversation],
  );

  useActions(
    () => [
      { name: "list.next", label: () => texts.t("action.next"), group: "conversation", icon: ArrowDown, shortcut: "j", repeats: true, perform: () => step(1) },
      { name: "list.previous", label: () => texts.t("action.previous"), group: "conversation", icon: ArrowUp, shortcut: "k", repeats: true, perform: () => step(-1) },
    ],
    [step],
  );

  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto" data-list="">
      <ul aria-label={t("list")} className="relative" style={{ height: virtual.getTotalSize() }}>
        {rows.map(({ index, key, start }) => {
          const item = items[index];
          return (
            item && (
              <li key={key} ref={virtual.measureElement} data-index={index} className="absolute inset-x-0 top-0" style={{ transform: `translateY(${start}px)` }}>
                <Row item={item} open={item.conversation.id === open} assignee={userName(item.conversation.assignee_id)} onHover={prefetch} />
              </li>
            )
          );
        })}
      </ul>
      {loading && (
        <p role="status" className="py-3 text-center text-xs text-faint">
          {shell("loading")}
        </p>
      )}
    </div>
  );
}

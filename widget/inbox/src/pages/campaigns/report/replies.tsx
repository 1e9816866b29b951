import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Ago } from "#ui/time.tsx";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { app } from "../../../i18n/app.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { repliesQuery } from "../data.ts";
import { texts } from "../texts.ts";

/** Conversations that began with an answer. */
export function Replies({ campaign }: { campaign: number }) {
  const t = texts.use();
  const shell = app.use();
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(repliesQuery(campaign));
  const items = data?.pages.flatMap((page) => page.items);
  if (!items) return error ? <p className="text-sm text-danger">{problemText(error)}</p> : <Skeleton className="h-16 w-full" />;
  if (items.length === 0) return <p className="text-sm text-muted">{t("replies.none")}</p>;
  return (
    <>
      <ul className="flex flex-col">
        {items.map((item) => (
          <li key={item.conversation_id}>
            <Link to="/inbox/$conversation" params={{ conversation: String(item.conversation_id) }} search={{}} className="flex flex-col gap-0.5 border-b border-line px-1 py-2 text-sm last:border-b-0 hover:bg-hover focus-visible:-outline-offset-2">
              <span className="flex items-center gap-2">
                <span className="shrink-0 text-xs text-faint tabular-nums">#{item.number}</span>
                <bdi className="min-w-0 flex-1 truncate font-medium">{item.contact_name || shell("visitor")}</bdi>
                {item.variant && <Badge>{item.variant}</Badge>}
                <Ago at={item.created_at} className="shrink-0 text-xs text-faint" />
              </span>
              <bdi className="truncate text-xs text-muted">{item.subject}</bdi>
              {!item.is_recipient && <span className="text-xs text-warning">{t("replies.other")}</span>}
            </Link>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button size="sm" className="self-center" onClick={() => void fetchNextPage()} busy={isFetchingNextPage}>
          {shell("more")}
        </Button>
      )}
    </>
  );
}

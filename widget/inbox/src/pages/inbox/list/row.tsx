import { elapsed } from "#shared/time.ts";
import type { ConversationView, ListedConversation } from "#shared/wire.ts";
import { Avatar } from "#ui/avatar.tsx";
import { Badge } from "#ui/badge.tsx";
import { cn } from "#ui/cn.ts";
import { plainLine } from "#ui/plain-line.ts";
import { Ago, useNow } from "#ui/time.tsx";
import { Link } from "@tanstack/react-router";
import { AlarmClock, Hourglass, Sparkles } from "lucide-react";
import { memo, type Ref } from "react";
import { isSnoozed } from "../../../data/filters.ts";
import { app } from "../../../i18n/app.ts";
import { useLocale } from "../../../i18n/locale.ts";
import { given } from "../../../live/given.ts";
import { useMe } from "../../../session/session.ts";
import { useStore } from "../../../use-store.ts";
import { ChannelIcon } from "../channel.tsx";
import { PriorityMark } from "../priority.tsx";
import type { InboxSearch } from "../search.ts";
import { texts } from "../texts.ts";

const TAGS = 2;

interface RowProps {
  item: ListedConversation;
  open: boolean;
  assignee: string;
  onHover: (id: number) => void;
  ref?: Ref<HTMLAnchorElement>;
}

export const Row = memo(function Row({ item: { conversation, read_seq }, open, assignee, onHover, ref }: RowProps) {
  const t = texts.use();
  const shell = app.use();
  const name = conversation.contact_name || shell("visitor");
  const { user_id } = useMe();
  const isGiven = useStore(given).has(conversation.id) && conversation.assignee_id === user_id;
  const isUnread = isGiven || read_seq < conversation.last_seq;
  const preview = plainLine(conversation.preview);
  const subject = conversation.subject && !conversation.preview.startsWith(conversation.subject) ? plainLine(conversation.subject) : "";
  const hasMarks = conversation.handler === "ai" || conversation.priority === "high" || conversation.priority === "urgent" || conversation.tags.length > 0 || isSnoozed(conversation) || conversation.status === "pending";
  return (
    <Link
      ref={ref}
      to="/inbox/$conversation"
      params={{ conversation: String(conversation.id) }}
      search={(before) => before as InboxSearch}
      data-conversation={conversation.id}
      aria-current={open ? "true" : undefined}
      onPointerEnter={() => onHover(conversation.id)}
      preload={false}
      className={cn(
        "relative flex gap-3 border-b border-line px-4 py-3 transition-colors hover:bg-hover focus-visible:-outline-offset-2 touch:py-3.5",
        open && "bg-accent-soft hover:bg-accent-soft",
      )}
    >
      <Avatar name={name} seed={conversation.contact_id ?? conversation.id} className="mt-0.5" />
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="flex items-center gap-1.5">
          <span className={cn("min-w-0 truncate text-sm", isUnread ? "font-semibold text-ink" : "font-medium text-ink")}>{name}</span>
          <ChannelIcon channel={conversation.channel} className="size-3.5 shrink-0 text-faint" />
          <span className="ms-auto shrink-0 ps-1 text-xs">
            <Since conversation={conversation} />
          </span>
        </span>
        {subject && (
          <span dir="auto" className={cn("truncate text-sm text-ink rtl:text-right", isUnread && "font-medium")}>
            {subject}
          </span>
        )}
        <span className="flex items-end gap-2">
          <span dir="auto" className={cn("min-w-0 flex-1 text-sm text-muted rtl:text-right", subject ? "truncate" : "line-clamp-2")}>
            {preview || t("row.empty")}
          </span>
          {isUnread && (
            <span className="mb-1.5 size-2 shrink-0 rounded-full bg-accent">
              <span className="sr-only">{t("row.unread")}</span>
            </span>
          )}
        </span>
        {(hasMarks || conversation.assignee_id !== null) && (
          <span className="mt-1.5 flex min-h-5 items-center gap-1.5 overflow-hidden">
            {conversation.handler === "ai" && (
              <Badge tone="ai">
                <Sparkles aria-hidden />
                {t("row.ai")}
              </Badge>
            )}
            {conversation.status === "pending" && <Badge>{t("status.pending")}</Badge>}
            <PriorityMark priority={conversation.priority} quiet />
            {isSnoozed(conversation) && conversation.snoozed_until && (
              <Badge tone="info">
                <AlarmClock aria-hidden />
                <Ago at={conversation.snoozed_until} />
              </Badge>
            )}
            {conversation.tags.slice(0, TAGS).map((tag) => (
              <Badge key={tag} tone="outline" className="shrink">
                <span className="truncate">{tag}</span>
              </Badge>
            ))}
            {conversation.tags.length > TAGS && <span className="text-xs text-faint">+{conversation.tags.length - TAGS}</span>}
            {assignee && (
              <span className="ms-auto flex" title={t("row.assignee", { name: assignee })}>
                <Avatar name={assignee} seed={conversation.assignee_id ?? 0} size="xs" />
                <span className="sr-only">{t("row.assignee", { name: assignee })}</span>
              </span>
            )}
          </span>
        )}
      </span>
    </Link>
  );
});

const LONG_MS = 3600_000;

/** How long the customer waits; where nobody waits, when something last happened. */
function Since({ conversation }: { conversation: ConversationView }) {
  const t = texts.use();
  const locale = useLocale();
  const now = useNow();
  if (!conversation.waiting_since || conversation.handler === "ai") return <Ago at={conversation.last_activity_at} className="text-faint" />;
  const waited = now - Date.parse(conversation.waiting_since);
  return (
    <span className={cn("flex items-center gap-1 tabular-nums", waited > LONG_MS ? "font-medium text-warning" : "text-muted")} title={t("row.waiting")}>
      <Hourglass className="size-3" aria-hidden />
      <span className="sr-only">{t("row.waiting")}</span>
      {elapsed(Math.max(waited, 60_000), locale)}
    </span>
  );
}

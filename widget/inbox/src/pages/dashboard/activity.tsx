import type { Activity } from "#shared/wire.ts";
import { plainLine } from "#ui/plain-line.ts";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { ErrorState } from "#ui/states.tsx";
import { Ago } from "#ui/time.tsx";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Check, CornerDownRight, MessageSquare, MessageSquarePlus, RotateCcw, Send, Sparkles, type LucideIcon } from "lucide-react";
import { createElement } from "react";
import { problemText } from "../../i18n/problem-text.ts";
import { activityQuery } from "./data.ts";
import { texts } from "./texts.ts";

const icons: Record<Activity["kind"], LucideIcon> = {
  ticket_created: MessageSquarePlus,
  ticket_resolved: Check,
  ticket_reopened: RotateCcw,
  message_received: MessageSquare,
  message_sent: Send,
  ai_answered: Sparkles,
  handed_off: CornerDownRight,
};

/** What happened last, newest first. */
export function RecentActivity() {
  const t = texts.use();
  const { data, error, isFetching, refetch } = useQuery(activityQuery);
  if (!data) return error ? <ErrorState title={t("error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} /> : <SkeletonRows rows={4} className="p-0" />;
  if (data.length === 0) return <p className="text-sm text-muted">{t("activity.empty")}</p>;
  return (
    <ol className="-mx-2 flex flex-col">
      {data.map((entry, index) => (
        <li key={index}>
          <Link
            to="/inbox/$conversation"
            params={{ conversation: String(entry.conversation_id) }}
            className="flex items-center gap-3 rounded-sm px-2 py-2 text-sm transition-colors hover:bg-hover"
          >
            {createElement(icons[entry.kind] ?? MessageSquare, { className: `size-4 shrink-0 ${entry.kind === "ai_answered" ? "text-ai" : "text-faint"}`, "aria-hidden": true })}
            <span className="min-w-0 flex-1 truncate">
              {t(`kind.${entry.kind}`)} <bdi className="text-faint tabular-nums">#{entry.number}</bdi> {entry.subject && <bdi className="text-muted">{plainLine(entry.subject)}</bdi>}
            </span>
            <Ago at={entry.at} className="shrink-0 text-xs text-faint" />
          </Link>
        </li>
      ))}
    </ol>
  );
}

import { cn } from "#ui/cn.ts";
import { useQuery } from "@tanstack/react-query";
import { Inbox, Layers, Sparkles, UserRound, UserRoundX, UsersRound, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { countsQuery } from "../../data/conversations.ts";
import type { View } from "../../data/filters.ts";
import { useInboxes, useTeams } from "../../data/people.ts";
import { useMe } from "../../session/session.ts";
import type { InboxSearch } from "./search.ts";
import { texts } from "./texts.ts";
import { useInbox } from "./use-inbox.ts";

export const viewIcons: Record<View, LucideIcon> = { mine: UserRound, unassigned: UserRoundX, ai: Sparkles, all: Layers };
const shown: View[] = ["mine", "unassigned", "ai", "all"];

/** The left pane: whose conversations, of which team, from which site. */
export function Views({ onPick }: { onPick?: () => void }) {
  const t = texts.use();
  const { search, show } = useInbox();
  const { data: counts } = useQuery(countsQuery);
  const me = useMe();
  const teams = useTeams();
  const inboxes = useInboxes();
  const own = [...teams].sort((a, b) => Number(b.member_ids.includes(me.user_id)) - Number(a.member_ids.includes(me.user_id)));

  const go = (next: InboxSearch): void => {
    show({ ...next, ...(search.sort ? { sort: search.sort } : {}) });
    onPick?.();
  };
  const isView = (view: View): boolean => (search.view ?? "all") === view && search.team === undefined && search.inbox === undefined;

  return (
    <nav aria-label={t("views")} className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto p-2">
      <ul className="flex flex-col gap-px">
        {shown.map((view) => {
          const Icon = viewIcons[view];
          return (
            <Item key={view} icon={<Icon strokeWidth={1.75} aria-hidden />} current={isView(view)} count={counts?.[view]} onClick={() => go({ view })}>
              {t(`view.${view}`)}
            </Item>
          );
        })}
      </ul>
      {teams.length > 0 && (
        <Section title={t("teams")}>
          {own.map((team) => (
            <Item key={team.id} icon={<UsersRound strokeWidth={1.75} aria-hidden />} current={search.team === team.id} onClick={() => go({ team: team.id })}>
              {team.name}
            </Item>
          ))}
        </Section>
      )}
      {inboxes.length > 1 && (
        <Section title={t("inboxes")}>
          {inboxes.map((inbox) => (
            <Item key={inbox.id} icon={<Inbox strokeWidth={1.75} aria-hidden />} current={search.inbox === inbox.id} onClick={() => go({ inbox: inbox.id })}>
              {inbox.name}
            </Item>
          ))}
        </Section>
      )}
    </nav>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="px-2 pb-1 text-xs font-medium text-faint">{title}</h2>
      <ul className="flex flex-col gap-px">{children}</ul>
    </section>
  );
}

interface ItemProps {
  icon: ReactNode;
  current: boolean;
  count?: number | undefined;
  onClick: () => void;
  children: ReactNode;
}

function Item({ icon, current, count, onClick, children }: ItemProps) {
  return (
    <li>
      <button
        type="button"
        aria-current={current ? "true" : undefined}
        onClick={onClick}
        className={cn(
          "flex h-8 w-full items-center gap-2.5 rounded-sm px-2 text-start text-sm text-muted transition-colors hover:bg-hover hover:text-ink touch:h-11 [&>svg]:size-4 [&>svg]:shrink-0",
          current && "bg-pressed font-medium text-ink hover:bg-pressed",
        )}
      >
        {icon}
        <span className="min-w-0 flex-1 truncate">{children}</span>
        {count !== undefined && <span className="text-xs text-muted tabular-nums">{count}</span>}
      </button>
    </li>
  );
}

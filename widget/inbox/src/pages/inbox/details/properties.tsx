import { full } from "#shared/time.ts";
import type { ConversationView } from "#shared/wire.ts";
import { Avatar } from "#ui/avatar.tsx";
import { Badge } from "#ui/badge.tsx";
import { Popover, PopoverContent, PopoverTrigger } from "#ui/popover.tsx";
import { Plus, Sparkles, X } from "lucide-react";
import { useState, type ReactNode } from "react";
import { isSnoozed } from "../../../data/filters.ts";
import { useInboxes, useTeams, useUserName } from "../../../data/people.ts";
import { useLocale } from "../../../i18n/locale.ts";
import { useStatusOf } from "../../../live/presence.ts";
import { useMe } from "../../../session/session.ts";
import { rename, tag } from "../changes.ts";
import { AssignPicker, type PickerProps } from "../pickers/assign.tsx";
import { PriorityPicker } from "../pickers/priority.tsx";
import { SnoozePicker } from "../pickers/snooze.tsx";
import { TagsPicker } from "../pickers/tags.tsx";
import { PriorityIcon } from "../priority.tsx";
import { texts } from "../texts.ts";
import { StatusBadge } from "../status-badge.tsx";
import { useInbox } from "../use-inbox.ts";
import { Editable } from "./editable.tsx";
import { Fact, Section } from "./section.tsx";

const TeamPicker = (props: PickerProps) => <AssignPicker {...props} only="team" />;
const PersonPicker = (props: PickerProps) => <AssignPicker {...props} only="assignee" />;

/** Everything about the conversation that can be set. */
export function Properties({ conversation }: { conversation: ConversationView }) {
  const t = texts.use();
  const locale = useLocale();
  const userName = useUserName();
  const teams = useTeams();
  const inboxes = useInboxes();
  const { show } = useInbox();
  const { id, assignee_id, team_id, inbox_id, priority, subject, tags, status, snoozed_until } = conversation;
  const assignee = userName(assignee_id);
  const me = useMe();
  const statusOf = useStatusOf();
  const absence = assignee_id === null ? undefined : statusOf(assignee_id);
  const team = teams.find((each) => each.id === team_id)?.name;
  const canSnooze = status === "open" || status === "pending";
  return (
    <Section title={t("properties")}>
      <dl className="flex flex-col gap-px">
        <Fact label={t("property.status")}>
          <span className="flex flex-wrap items-center gap-1.5 px-1.5">
            <StatusBadge conversation={conversation} />
            {conversation.handler === "ai" && (
              <Badge tone="ai">
                <Sparkles aria-hidden />
                {t("row.ai")}
              </Badge>
            )}
          </span>
        </Fact>
        <Fact label={t("property.assignee")}>
          <Pick label={t("property.assignee")} picker={PersonPicker} conversation={conversation}>
            {assignee_id === null ? (
              <span className="text-faint">{t("picker.nobody")}</span>
            ) : (
              <>
                <Avatar name={assignee || "?"} seed={assignee_id} size="xs" />
                <bdi className="truncate">{assignee || t("someone")}</bdi>
                {absence !== undefined && absence !== "online" && assignee_id !== me.user_id && <span className="shrink-0 text-xs text-faint">{t(`presence.${absence}`)}</span>}
              </>
            )}
          </Pick>
        </Fact>
        <Fact label={t("property.team")}>
          <Pick label={t("property.team")} picker={TeamPicker} conversation={conversation}>
            {team ? <bdi className="truncate">{team}</bdi> : <span className="text-faint">{t("picker.team.none")}</span>}
          </Pick>
        </Fact>
        <Fact label={t("property.priority")}>
          <Pick label={t("property.priority")} picker={PriorityPicker} conversation={conversation}>
            <PriorityIcon priority={priority} />
            {t(`priority.${priority}`)}
          </Pick>
        </Fact>
        {canSnooze && (
          <Fact label={t("property.snoozed")}>
            <Pick label={t("property.snoozed")} picker={SnoozePicker} conversation={conversation}>
              {isSnoozed(conversation) && snoozed_until ? full(snoozed_until, locale) : <span className="text-faint">{t("property.snoozed.no")}</span>}
            </Pick>
          </Fact>
        )}
        <Fact label={t("property.subject")}>
          <Editable label={t("property.subject")} value={subject} empty={t("property.subject.none")} maxLength={300} save={(next) => rename(id, next)} />
        </Fact>
        <Fact label={t("property.inbox")}>
          <bdi className="px-1.5">{inboxes.find((each) => each.id === inbox_id)?.name ?? "–"}</bdi>
        </Fact>
      </dl>
      <div className="mt-2 flex flex-wrap items-center gap-1.5" aria-label={t("picker.tags")} role="group">
        {tags.map((name) => (
          <Badge key={name} className="max-w-full gap-0.5 pe-0.5 touch:h-8 touch:ps-2">
            <button type="button" title={t("tag.show", { tag: name })} onClick={() => show({ tag: name })} className="min-w-0 truncate rounded-xs hover:text-ink">
              {name}
            </button>
            <button type="button" aria-label={t("tag.remove", { tag: name })} onClick={() => void tag(id, [], [name])} className="rounded-xs p-0.5 hover:bg-pressed hover:text-ink touch:p-2">
              <X aria-hidden />
            </button>
          </Badge>
        ))}
        <Popover>
          <PopoverTrigger className="inline-flex h-5 items-center gap-1 rounded-xs border border-dashed border-line-strong px-1.5 text-xs text-muted transition-colors hover:bg-hover hover:text-ink touch:h-8 [&_svg]:size-3">
            <Plus aria-hidden />
            {t("tag.add")}
          </PopoverTrigger>
          <PopoverContent align="end" aria-label={t("picker.tags")} className="p-0">
            <TagsPicker conversation={conversation} done={() => {}} />
          </PopoverContent>
        </Popover>
      </div>
    </Section>
  );
}

interface PickProps {
  label: string;
  picker: (props: PickerProps) => ReactNode;
  conversation: ConversationView;
  children: ReactNode;
}

/** A value that opens its picker where it stands. */
function Pick({ label, picker: Picker, conversation, children }: PickProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger className="flex min-h-7 w-full min-w-0 items-center gap-2 rounded-sm px-1.5 text-start transition-colors hover:bg-hover touch:min-h-10 data-[state=open]:bg-hover">
        <span className="sr-only">{label}:</span>
        {children}
      </PopoverTrigger>
      <PopoverContent align="end" aria-label={label} className="p-0">
        <Picker conversation={conversation} done={() => setOpen(false)} />
      </PopoverContent>
    </Popover>
  );
}

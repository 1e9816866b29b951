import type { ConversationView } from "#shared/wire.ts";
import { Avatar } from "#ui/avatar.tsx";
import { Command, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from "#ui/command.tsx";
import { Check, UserRoundX, UsersRound } from "lucide-react";
import { useTeams, useColleagues } from "../../../data/people.ts";
import { useStatusOf } from "../../../live/presence.ts";
import { useMe } from "../../../session/session.ts";
import { assign } from "../changes.ts";
import { texts } from "../texts.ts";

export interface PickerProps {
  conversation: ConversationView;
  done: () => void;
}

const check = <Check className="ms-auto size-4 text-accent-text" aria-hidden />;

/** Who has it: a person and a team. `only`: one of the two. */
export function AssignPicker({ conversation, done, only }: PickerProps & { only?: "assignee" | "team" }) {
  const t = texts.use();
  const me = useMe();
  const users = useColleagues();
  const teams = useTeams();
  const { id, assignee_id, team_id } = conversation;
  const statusOf = useStatusOf();
  const note = (user: number): string | undefined => {
    const status = statusOf(user);
    return status && t(`presence.${status}`);
  };
  const others = users.filter((user) => user.id !== me.user_id);
  const person = (assignee: number | null) => () => {
    done();
    if (assignee !== assignee_id) void assign(id, { assignee_id: assignee });
  };
  const team = (next: number | null) => () => {
    done();
    if (next !== team_id) void assign(id, { team_id: next });
  };
  return (
    <Command label={t("picker.assign")}>
      <CommandInput placeholder={t(only === "team" ? "picker.team.search" : "picker.assign.search")} />
      <CommandEmpty>{t("picker.none")}</CommandEmpty>
      <CommandList label={t("picker.assign")} className="max-h-80">
        {only !== "team" && (
          <CommandGroup heading={t("people")}>
            <CommandItem value={`me ${me.name}`} icon={<Avatar name={me.name} seed={me.user_id} size="xs" />} shortcut={only ? undefined : "i"} onSelect={person(me.user_id)}>
              <Label text={t("picker.me", { name: me.name })} on={assignee_id === me.user_id} />
            </CommandItem>
            {others.map((user) => (
              <CommandItem key={user.id} value={`user ${user.id}`} keywords={[user.name]} icon={<Avatar name={user.name} seed={user.id} size="xs" online={statusOf(user.id) === "online"} />} onSelect={person(user.id)}>
                <Label text={user.name} on={assignee_id === user.id} note={note(user.id)} />
              </CommandItem>
            ))}
            <CommandItem value="nobody" keywords={[t("picker.nobody")]} icon={<UserRoundX aria-hidden />} onSelect={person(null)}>
              <Label text={t("picker.nobody")} on={assignee_id === null} />
            </CommandItem>
          </CommandGroup>
        )}
        {only !== "assignee" && teams.length > 0 && (
          <CommandGroup heading={t("teams")}>
            {teams.map((each) => (
              <CommandItem key={each.id} value={`team ${each.id}`} keywords={[each.name]} icon={<UsersRound aria-hidden />} onSelect={team(each.id)}>
                <Label text={each.name} on={team_id === each.id} />
              </CommandItem>
            ))}
            <CommandItem value="no team" keywords={[t("picker.team.none")]} icon={<UserRoundX aria-hidden />} onSelect={team(null)}>
              <Label text={t("picker.team.none")} on={team_id === null} />
            </CommandItem>
          </CommandGroup>
        )}
      </CommandList>
    </Command>
  );
}

export const Label = ({ text, on, note }: { text: string; on: boolean; note?: string | undefined }) => (
  <span className="flex items-center gap-2">
    <bdi className="truncate">{text}</bdi>
    {note && <span className="shrink-0 text-xs text-faint">{note}</span>}
    {on && check}
  </span>
);

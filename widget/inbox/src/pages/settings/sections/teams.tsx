import type { TeamView } from "#shared/wire.ts";
import { Avatar } from "#ui/avatar.tsx";
import { Button } from "#ui/button.tsx";
import { confirm } from "#ui/confirm.ts";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { Field, Input } from "#ui/field.tsx";
import { focusOnMount } from "#ui/focus.ts";
import { EmptyState } from "#ui/states.tsx";
import { useQuery } from "@tanstack/react-query";
import { Plus, UsersRound } from "lucide-react";
import { useState } from "react";
import { api } from "../../../api/client.ts";
import { teamsQuery, useUserName } from "../../../data/people.ts";
import { queries } from "../../../data/queries.ts";
import { app } from "../../../i18n/app.ts";
import { Members } from "../members.tsx";
import { attempt, Loaded, Part } from "../parts.tsx";
import { names } from "../sections.ts";
import { texts } from "../texts.ts";

const SHOWN = 5;

export default function Teams() {
  const t = texts.use();
  const query = useQuery(teamsQuery);
  const userName = useUserName();
  const [editing, setEditing] = useState<TeamView | "new">();
  return (
    <>
      <Part
        title={names.t("teams")}
        actions={
          <Button variant="primary" onClick={() => setEditing("new")}>
            <Plus aria-hidden />
            {t("teams.add")}
          </Button>
        }
      >
        <Loaded query={query}>
          {(teams) =>
            teams.length === 0 ? (
              <EmptyState icon={UsersRound} title={t("teams.empty.title")} text={t("teams.empty.text")} className="py-6" />
            ) : (
              <ul className="-my-2 flex flex-col divide-y divide-line">
                {teams.map((team) => (
                  <li key={team.id} className="flex items-center gap-3 py-2.5">
                    <div className="min-w-0 flex-1">
                      <p className="truncate text-sm font-medium">
                        <bdi>{team.name}</bdi>
                      </p>
                      <p className="text-xs text-muted">{t("teams.members", { count: team.member_ids.length })}</p>
                    </div>
                    <span className="flex -space-x-1.5 max-sm:hidden rtl:space-x-reverse">
                      {team.member_ids.slice(0, SHOWN).map((id) => (
                        <Avatar key={id} name={userName(id) || "?"} seed={id} size="sm" className="rounded-full ring-2 ring-pane" />
                      ))}
                    </span>
                    <Button size="sm" onClick={() => setEditing(team)} aria-label={t("teams.edit", { name: team.name })}>
                      {t("edit")}
                    </Button>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </Part>
      <Dialog open={editing !== undefined} onOpenChange={() => setEditing(undefined)}>
        {editing && <Edit team={editing === "new" ? undefined : editing} close={() => setEditing(undefined)} />}
      </Dialog>
    </>
  );
}

function Edit({ team, close }: { team: TeamView | undefined; close: () => void }) {
  const t = texts.use();
  const shell = app.use();
  const [name, setName] = useState(team?.name ?? "");
  const [members, setMembers] = useState(team?.member_ids ?? []);
  const [busy, setBusy] = useState(false);

  const finish = async (work: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    if (await attempt(work)) {
      void queries.invalidateQueries(teamsQuery);
      close();
    }
    setBusy(false);
  };
  const body = { name: name.trim(), member_ids: members };
  const save = (): Promise<void> =>
    finish(() => (team ? api.put("/api/teams/{team_id}", { path: { team_id: team.id }, body }) : api.post("/api/teams", { body })));
  const remove = async (): Promise<void> => {
    if (!team || !(await confirm({ title: t("teams.remove.title", { name: team.name }), text: t("teams.remove.text"), action: shell("delete"), danger: true }))) return;
    await finish(() => api.delete("/api/teams/{team_id}", { path: { team_id: team.id } }));
  };

  return (
    <DialogContent
      title={team ? t("teams.edit", { name: team.name }) : t("teams.add")}
      footer={
        <>
          {team && (
            <Button variant="ghost" className="me-auto text-danger hover:text-danger" onClick={() => void remove()}>
              {shell("delete")}
            </Button>
          )}
          <Button onClick={close}>{shell("cancel")}</Button>
          <Button variant="primary" type="submit" form="edit-team" busy={busy} disabled={!name.trim()}>
            {shell("save")}
          </Button>
        </>
      }
    >
      <form
        id="edit-team"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field label={t("name")}>{(ids) => <Input {...ids} ref={focusOnMount} value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />}</Field>
        <Members label={t("members")} value={members} onChange={setMembers} />
      </form>
    </DialogContent>
  );
}

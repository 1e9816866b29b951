import type { NewUser, UserInput, UserView } from "#shared/wire.ts";
import { Avatar } from "#ui/avatar.tsx";
import { Button } from "#ui/button.tsx";
import { confirm } from "#ui/confirm.ts";
import { CopyButton } from "#ui/copy-button.tsx";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { Field, Input } from "#ui/field.tsx";
import { focusOnMount } from "#ui/focus.ts";
import { IconButton } from "#ui/icon-button.tsx";
import { Select } from "#ui/select.tsx";
import { Ago } from "#ui/time.tsx";
import { useQuery } from "@tanstack/react-query";
import { Trash2, UserRoundPlus } from "lucide-react";
import { useId, useState } from "react";
import { api } from "../../../api/client.ts";
import { isProblem } from "../../../api/problem.ts";
import { usersQuery } from "../../../data/people.ts";
import { queries } from "../../../data/queries.ts";
import { app } from "../../../i18n/app.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { useMe, type Role } from "../../../session/session.ts";
import { attempt, Loaded, Part } from "../parts.tsx";
import { texts } from "../texts.ts";

const roles: readonly Role[] = ["admin", "user", "agent"];

function useRoleOptions(): { value: Role; label: string }[] {
  const t = texts.use();
  return roles.map((role) => ({ value: role, label: t(`role.${role}`) }));
}

export default function Users() {
  const t = texts.use();
  const query = useQuery(usersQuery);
  const [isAdding, setAdding] = useState(false);
  return (
    <>
      <Part
        title={t("users.staff")}
        actions={
          <Button variant="primary" onClick={() => setAdding(true)}>
            <UserRoundPlus aria-hidden />
            {t("users.add")}
          </Button>
        }
      >
        <Loaded query={query}>
          {(users) => (
            <ul className="-my-2 flex flex-col divide-y divide-line">
              {users.map((user) => (
                <Row key={user.id} user={user} />
              ))}
            </ul>
          )}
        </Loaded>
      </Part>
      <Part title={t("roles")} className="gap-2 text-sm">
        {roles.map((role) => (
          <p key={role}>
            <span className="font-medium">{t(`role.${role}`)}</span> <span className="text-muted">{t(`role.${role}.text`)}</span>
          </p>
        ))}
      </Part>
      <Dialog open={isAdding} onOpenChange={setAdding}>
        {isAdding && <Add close={() => setAdding(false)} />}
      </Dialog>
    </>
  );
}

function Row({ user }: { user: UserView }) {
  const t = texts.use();
  const me = useMe();
  const options = useRoleOptions();
  const isMe = user.id === me.user_id;
  const setRole = (role: Role): Promise<boolean> =>
    attempt(async () => {
      const saved = await api.patch("/api/users/{user_id}", { path: { user_id: user.id }, body: { role } });
      queries.setQueryData(usersQuery.queryKey, (before) => before?.map((each) => (each.id === saved.id ? saved : each)));
    });
  const remove = async (): Promise<void> => {
    if (!(await confirm({ title: t("users.remove.title", { name: user.name }), text: t("users.remove.text"), action: t("users.remove"), danger: true }))) return;
    await attempt(async () => {
      await api.delete("/api/users/{user_id}", { path: { user_id: user.id } });
      queries.setQueryData(usersQuery.queryKey, (before) => before?.filter(({ id }) => id !== user.id));
    });
  };
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-2.5">
      <Avatar name={user.name} seed={user.id} />
      <div className="min-w-40 flex-1">
        <p className="truncate text-sm font-medium">
          <bdi>{user.name}</bdi>
          {isMe && <span className="text-faint"> · {t("users.you")}</span>}
        </p>
        <p className="truncate text-xs text-muted">
          <bdi>{user.email}</bdi>
          {" · "}
          {user.last_signed_in ? <Ago at={user.last_signed_in} /> : t("users.never")}
        </p>
      </div>
      <div className="flex items-center gap-1 max-sm:ps-11">
        <Select aria-label={t("users.role", { name: user.name })} value={user.role} onChange={(role) => void setRole(role)} options={options} className="w-28" />
        <IconButton label={t("users.remove.name", { name: user.name })} onClick={() => void remove()}>
          <Trash2 aria-hidden />
        </IconButton>
      </div>
    </li>
  );
}

function Add({ close }: { close: () => void }) {
  const t = texts.use();
  const shell = app.use();
  const id = useId();
  const [fields, setFields] = useState<UserInput>({ name: "", email: "", role: "agent" });
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [added, setAdded] = useState<NewUser>();
  const isFine = fields.name.trim() !== "" && /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(fields.email.trim());

  const add = async (): Promise<void> => {
    if (busy || !isFine) return;
    setBusy(true);
    try {
      setAdded(await api.post("/api/users", { body: { name: fields.name.trim(), email: fields.email.trim(), role: fields.role } }));
      void queries.invalidateQueries(usersQuery);
    } catch (error) {
      setFailure(isProblem(error, "account_exists") ? t("users.already") : problemText(error));
    }
    setBusy(false);
  };

  if (added) {
    return (
      <DialogContent title={t("users.added", { name: added.user.name })} footer={<Button onClick={close}>{shell("close")}</Button>}>
        {added.password === null ? (
          <p className="text-sm">{t("users.known")}</p>
        ) : (
          <>
            <p className="text-sm">{t("users.password.text")}</p>
            <div className="mt-3 flex items-center gap-2 rounded-sm border border-line bg-sunken p-2 ps-3">
              <code dir="ltr" className="min-w-0 flex-1 truncate font-mono text-base select-all">
                {added.password}
              </code>
              <CopyButton text={added.password} />
            </div>
            <p className="mt-2 text-xs text-warning">{t("users.password.once")}</p>
          </>
        )}
      </DialogContent>
    );
  }
  return (
    <DialogContent
      title={t("users.add")}
      text={t("users.add.text")}
      footer={
        <>
          <Button onClick={close}>{shell("cancel")}</Button>
          <Button variant="primary" type="submit" form="add-user" busy={busy} disabled={!isFine}>
            {t("users.add.action")}
          </Button>
        </>
      }
    >
      <form
        id="add-user"
        noValidate
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <Field label={t("name")}>{(ids) => <Input {...ids} ref={focusOnMount} value={fields.name} maxLength={120} onChange={(event) => setFields({ ...fields, name: event.target.value })} />}</Field>
        <Field label={t("email")} error={failure}>
          {(ids) => <Input {...ids} type="email" dir="ltr" value={fields.email} maxLength={254} onChange={(event) => setFields({ ...fields, email: event.target.value })} />}
        </Field>
        <fieldset>
          <legend className="mb-1.5 text-sm font-medium">{t("role")}</legend>
          <div className="rounded-sm border border-line">
            {roles.map((role) => (
              <div key={role} className="flex items-start gap-2.5 border-b border-line px-3 py-2 text-sm last:border-b-0 has-checked:bg-accent-soft">
                <input
                  type="radio"
                  id={`${id}-${role}`}
                  name="role"
                  value={role}
                  checked={fields.role === role}
                  onChange={() => setFields({ ...fields, role })}
                  aria-describedby={`${id}-${role}-text`}
                  className="mt-1 accent-accent"
                />
                <label htmlFor={`${id}-${role}`} className="min-w-0 flex-1">
                  <span className="block font-medium">{t(`role.${role}`)}</span>
                  <span id={`${id}-${role}-text`} className="block text-muted">
                    {t(`role.${role}.text`)}
                  </span>
                </label>
              </div>
            ))}
          </div>
        </fieldset>
      </form>
    </DialogContent>
  );
}

import type { SessionView } from "#shared/wire.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Choice, Segmented, Switch } from "#ui/choice.tsx";
import { Field, Input } from "#ui/field.tsx";
import { Ago } from "#ui/time.tsx";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { Laptop, Smartphone } from "lucide-react";
import { useState } from "react";
import { api } from "../../../api/client.ts";
import { isProblem, Problem } from "../../../api/problem.ts";
import { advance, setAdvance } from "../../../data/advance.ts";
import { mailPreferenceQuery } from "../../../data/mail-preference.ts";
import { usersQuery } from "../../../data/people.ts";
import { queries } from "../../../data/queries.ts";
import { updateMe, useMe } from "../../../session/session.ts";
import { useStore } from "../../../use-store.ts";
import { attempt, FormPart, Loaded, Part } from "../parts.tsx";
import { texts } from "../texts.ts";

const PASSWORD_MIN = 10;
const sessionsQuery = queryOptions({ queryKey: ["sessions"], queryFn: ({ signal }) => api.get("/api/auth/sessions", { signal }) });

export default function Profile() {
  return (
    <>
      <Name />
      <Advance />
      <Undo />
      <Password />
      <Sessions />
    </>
  );
}

function Name() {
  const t = texts.use();
  const me = useMe();
  const [name, setName] = useState(me.name);
  const save = async (): Promise<void> => {
    const user = await api.patch("/api/profile", { body: { name: name.trim() } });
    updateMe({ name: user.name });
    setName(user.name);
    void queries.invalidateQueries(usersQuery);
  };
  return (
    <FormPart title={t("profile.you")} isDirty={name.trim() !== "" && name.trim() !== me.name} save={save}>
      <Field label={t("name")} hint={t("profile.name.hint")}>
        {(ids) => <Input {...ids} value={name} maxLength={120} autoComplete="name" onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Field label={t("email")}>{(ids) => <Input {...ids} value={me.email} readOnly dir="ltr" className="text-muted" />}</Field>
    </FormPart>
  );
}

function Advance() {
  const t = texts.use();
  const on = useStore(advance);
  return (
    <Part title={t("advance")} text={t("advance.text")}>
      <Choice label={t("advance.next")} hint={t("advance.hint")}>
        {(ids) => <Switch {...ids} checked={on} onCheckedChange={setAdvance} />}
      </Choice>
    </Part>
  );
}

const UNDO_S = [0, 5, 10, 20, 30];

function Undo() {
  const t = texts.use();
  const query = useQuery(mailPreferenceQuery);
  const set = (undo_s: number): Promise<boolean> =>
    attempt(async () => queries.setQueryData(mailPreferenceQuery.queryKey, await api.put("/api/profile/mail", { body: { undo_s } })));
  return (
    <Part title={t("undo")} text={t("undo.text")}>
      <Loaded query={query}>
        {({ undo_s }) => (
          <Segmented aria-label={t("undo.label")} value={String(undo_s)} onChange={(next) => void set(Number(next))} options={UNDO_S.map((each) => ({ value: String(each), label: each ? t("undo.seconds", { count: each }) : t("undo.never") }))} />
        )}
      </Loaded>
    </Part>
  );
}

function Password() {
  const t = texts.use();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [wrong, setWrong] = useState(false);
  const save = async (): Promise<void> => {
    try {
      await api.post("/api/auth/password", { body: { current_password: current, new_password: next } });
    } catch (error) {
      setWrong(isProblem(error, "wrong_password"));
      throw isProblem(error, "wrong_password") ? new Problem(400, "wrong_password", t("password.wrong")) : error;
    }
    setCurrent("");
    setNext("");
    void queries.invalidateQueries(sessionsQuery);
  };
  return (
    <FormPart title={t("password")} text={t("password.text")} isDirty={current !== "" && next.length >= PASSWORD_MIN} save={save} action={t("password.action")} done={t("password.done")}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("password.current")} error={wrong ? t("password.wrong") : undefined}>
          {(ids) => <Input {...ids} type="password" dir="ltr" autoComplete="current-password" value={current} onChange={(event) => (setWrong(false), setCurrent(event.target.value))} />}
        </Field>
        <Field label={t("password.new")} hint={t("password.hint", { count: PASSWORD_MIN })}>
          {(ids) => <Input {...ids} type="password" dir="ltr" autoComplete="new-password" value={next} onChange={(event) => setNext(event.target.value)} />}
        </Field>
      </div>
    </FormPart>
  );
}

/** "Firefox on Linux", as far as a user agent tells. */
function deviceOf(agent: string): string {
  const browser = /Edg\//.test(agent) ? "Edge" : /Firefox\//.test(agent) ? "Firefox" : /Chrome\//.test(agent) ? "Chrome" : /Safari\//.test(agent) ? "Safari" : agent.split("/")[0] || "–";
  const system = /Android/.test(agent) ? "Android" : /iPhone|iPad/.test(agent) ? "iOS" : /Windows/.test(agent) ? "Windows" : /Mac OS/.test(agent) ? "macOS" : /Linux/.test(agent) ? "Linux" : "";
  return system ? `${browser} · ${system}` : browser;
}

function Sessions() {
  const t = texts.use();
  const query = useQuery(sessionsQuery);
  const end = (session: SessionView): Promise<boolean> =>
    attempt(async () => {
      await api.delete("/api/auth/sessions/{session_id}", { path: { session_id: session.id } });
      queries.setQueryData(sessionsQuery.queryKey, (before) => before?.filter(({ id }) => id !== session.id));
    });
  return (
    <Part title={t("sessions")} text={t("sessions.text")}>
      <Loaded query={query}>
        {(sessions) => (
          <ul className="-my-2 flex flex-col divide-y divide-line">
            {sessions.map((session) => {
              const Icon = /Mobile|Android|iPhone/.test(session.user_agent) ? Smartphone : Laptop;
              return (
                <li key={session.id} className="flex items-center gap-3 py-2.5 text-sm">
                  <Icon className="size-5 shrink-0 text-faint" strokeWidth={1.75} aria-hidden />
                  <div className="min-w-0 flex-1">
                    <p className="truncate font-medium" title={session.user_agent}>
                      {deviceOf(session.user_agent)}
                    </p>
                    <p className="truncate text-xs text-muted">
                      <span dir="ltr">{session.address}</span> · {t("sessions.seen")} <Ago at={session.last_seen_at} />
                    </p>
                  </div>
                  {session.current ? (
                    <Badge tone="success">{t("sessions.this")}</Badge>
                  ) : (
                    <Button size="sm" onClick={() => void end(session)}>
                      {t("sessions.end")}
                    </Button>
                  )}
                </li>
              );
            })}
          </ul>
        )}
      </Loaded>
    </Part>
  );
}

import type { SendingView, SmtpServerInput, SmtpServerView, SmtpTest } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Segmented } from "#ui/choice.tsx";
import { cn } from "#ui/cn.ts";
import { confirm } from "#ui/confirm.ts";
import { Field, Input } from "#ui/field.tsx";
import { toast } from "#ui/toast.tsx";
import { useState, type FormEvent } from "react";
import { api } from "../../../api/client.ts";
import { queries } from "../../../data/queries.ts";
import { app } from "../../../i18n/app.ts";
import { attempt } from "../parts.tsx";
import { texts } from "./texts.ts";

type Security = SmtpServerView["security"];

const ports: Record<Security, string> = { starttls: "587", tls: "465", none: "25" };
const SECURITIES = Object.keys(ports) as Security[];
const HOST = /^[^\s/@?#\\%]+$/;
const PORT = /^[1-9]\d{0,4}$/;

interface ServerProps {
  inbox: number;
  queryKey: unknown[];
  sending: SendingView;
}

export function Server({ inbox, queryKey, sending }: ServerProps) {
  const t = texts.use();
  const [isOwn, setOwn] = useState(sending.server !== null);
  const [busy, setBusy] = useState(false);
  const forget = async (): Promise<void> => {
    if (busy || !(await confirm({ title: t("use.title"), text: t("use.text"), action: t("use") }))) return;
    setBusy(true);
    const gone = await attempt(() => api.delete("/api/inboxes/{inbox_id}/email/server", { path: { inbox_id: inbox } }));
    setBusy(false);
    if (!gone) return;
    toast({ tone: "success", title: t("used"), key: "settings" });
    await queries.invalidateQueries({ queryKey });
  };
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <span className="text-sm font-medium">{t("by")}</span>
        <Segmented
          aria-label={t("by")}
          value={isOwn ? "own" : "installation"}
          onChange={(chosen) => setOwn(chosen === "own")}
          options={[
            { value: "installation", label: t("by.installation") },
            { value: "own", label: t("by.own") },
          ]}
        />
      </div>
      {isOwn ? (
        <Own inbox={inbox} queryKey={queryKey} server={sending.server} />
      ) : (
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className={cn("min-w-0 flex-1 basis-60 text-sm", sending.installation_sends && sending.is_served ? "text-muted" : "text-warning")}>
            {!sending.installation_sends ? t("installation.none") : sending.is_served ? t("installation.text") : t("installation.elsewhere", { domains: sending.domains.join(", ") })}
          </p>
          {sending.server && (
            <Button onClick={() => void forget()} busy={busy}>
              {t("use")}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function Own({ inbox, queryKey, server }: { inbox: number; queryKey: unknown[]; server: SmtpServerView | null }) {
  const t = texts.use();
  const shell = app.use();
  const [host, setHost] = useState(server?.host ?? "");
  const [security, setSecurity] = useState<Security>(server?.security ?? "starttls");
  const [port, setPort] = useState(server ? String(server.port) : ports.starttls);
  const [username, setUsername] = useState(server?.username ?? "");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState<"save" | "test" | "mail">();
  const [found, setFound] = useState<SmtpTest>();

  const isPortRight = PORT.test(port.trim()) && Number(port) <= 65535;
  const isHostRight = HOST.test(host.trim());
  const isElsewhere = server?.has_password === true && username.trim() !== "" && password === "" && host.trim().toLowerCase() !== server.host;
  const isFit = isHostRight && isPortRight && !isElsewhere;
  const isDirty = host.trim() !== server?.host || Number(port) !== server.port || security !== server.security || username.trim() !== server.username || password !== "";
  const body: SmtpServerInput = { host: host.trim(), port: Number(port), security, username: username.trim(), ...(password === "" ? {} : { password }) };
  const path = { inbox_id: inbox };

  const choose = (next: Security): void => {
    if (port.trim() === ports[security]) setPort(ports[next]);
    setSecurity(next);
  };
  const test = async (send: boolean): Promise<void> => {
    if (busy) return;
    setFound(undefined);
    setBusy(send ? "mail" : "test");
    await attempt(async () => setFound(await api.post("/api/inboxes/{inbox_id}/email/server/test", { path, body: { server: body, send } })));
    setBusy(undefined);
  };
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy || !isFit || !isDirty) return;
    setBusy("save");
    const kept = await attempt(async () => {
      const view = await api.put("/api/inboxes/{inbox_id}/email/server", { path, body });
      queries.setQueryData(queryKey, view);
      setHost(view.server?.host ?? host);
      setPassword("");
    });
    setBusy(undefined);
    if (kept) toast({ tone: "success", title: t("saved"), key: "settings" });
  };

  return (
    <form className="flex flex-col gap-4" noValidate onSubmit={(event) => void save(event)}>
      <div className="flex flex-wrap gap-4">
        <Field label={t("host")} hint={t("host.hint")} error={host.trim() !== "" && !isHostRight ? t("host.wrong") : undefined} className="min-w-0 flex-1 basis-60">
          {(ids) => <Input {...ids} dir="ltr" value={host} maxLength={253} autoComplete="off" spellCheck={false} placeholder="smtp.example.com" onChange={(event) => setHost(event.target.value)} />}
        </Field>
        <Field label={t("port")} error={isPortRight ? undefined : t("port.wrong")} className="w-24">
          {(ids) => <Input {...ids} dir="ltr" inputMode="numeric" value={port} maxLength={5} autoComplete="off" onChange={(event) => setPort(event.target.value)} />}
        </Field>
      </div>
      <div className="flex flex-col gap-1.5">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <span className="text-sm font-medium">{t("security")}</span>
          <Segmented aria-label={t("security")} value={security} onChange={choose} options={SECURITIES.map((value) => ({ value, label: t(`security.${value}`) }))} />
        </div>
        <p role="status" className="text-xs text-faint">
          {t(`security.${security}.hint`)}
        </p>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("username")} hint={t("username.hint")}>
          {(ids) => <Input {...ids} dir="ltr" value={username} maxLength={320} autoComplete="off" spellCheck={false} onChange={(event) => setUsername(event.target.value)} />}
        </Field>
        <Field label={t("password")} hint={t(server?.has_password ? "password.kept" : "password.hint")} error={isElsewhere ? t("password.again") : undefined}>
          {(ids) => <Input {...ids} dir="ltr" type="password" value={password} maxLength={400} autoComplete="new-password" onChange={(event) => setPassword(event.target.value)} />}
        </Field>
      </div>
      <Outcome found={found} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={() => void test(false)} busy={busy === "test"} disabled={!isFit}>
          {t("test")}
        </Button>
        <Button onClick={() => void test(true)} busy={busy === "mail"} disabled={!isFit}>
          {t("test.mail")}
        </Button>
        <Button variant="primary" type="submit" busy={busy === "save"} disabled={!isFit || !isDirty}>
          {shell("save")}
        </Button>
      </div>
    </form>
  );
}

/** What came of a test, in words; what the server itself said beneath. */
function Outcome({ found }: { found: SmtpTest | undefined }) {
  const t = texts.use();
  const isGood = found?.code === "works" || found?.code === "sent";
  return (
    <div role="status" className={cn("rounded-sm px-3 py-2 text-sm empty:hidden", isGood ? "bg-success-soft text-success" : "bg-danger-soft text-danger")}>
      {found && (
        <>
          <p>{found.code === "sent" ? t("code.sent", { recipient: found.recipient }) : found.code === "works" && found.tls ? t("code.works.tls", { tls: found.tls }) : t(`code.${found.code}`)}</p>
          {!isGood && found.said && (
            <p className="mt-1 text-xs">
              {t("said")} <bdi className="font-mono break-words">{found.said}</bdi>
            </p>
          )}
        </>
      )}
    </div>
  );
}

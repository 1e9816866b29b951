import type { MailboxInput, MailboxTest, MailboxView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Segmented } from "#ui/choice.tsx";
import { Field, Input } from "#ui/field.tsx";
import { focusOnMount } from "#ui/focus.ts";
import { useState } from "react";
import { api } from "../../../api/client.ts";
import { attempt } from "../parts.tsx";
import { Answer } from "./answer.tsx";
import { texts } from "./texts.ts";

const PATH = "/api/inboxes/{inbox_id}/email/mailbox";
const TEST = "/api/inboxes/{inbox_id}/email/mailbox/test";
const PORTS = { tls: "993", starttls: "143", none: "143" };
const SECURITIES = ["tls", "starttls", "none"] as const;
const SIGN_INS = ["password", "oauth2"] as const;
const STARTS = ["new", "all"] as const;

interface Entered extends Omit<MailboxInput, "port"> {
  port: string;
  password: string;
  client_secret: string;
  refresh_token: string;
}

const entered = (mailbox: MailboxView | null): Entered => ({
  host: mailbox?.host ?? "",
  port: String(mailbox?.port ?? PORTS.tls),
  security: mailbox?.security ?? "tls",
  username: mailbox?.username ?? "",
  sign_in: mailbox?.sign_in ?? "password",
  token_url: mailbox?.token_url ?? "",
  client_id: mailbox?.client_id ?? "",
  folder: mailbox?.folder ?? "INBOX",
  done_folder: mailbox?.done_folder ?? "",
  start: mailbox?.start ?? "new",
  password: "",
  client_secret: "",
  refresh_token: "",
});

/** What is sent of the form: secrets only where one was entered. */
function written({ port, password, client_secret, refresh_token, ...rest }: Entered): MailboxInput {
  const body: MailboxInput = { ...rest, host: rest.host.trim(), username: rest.username.trim(), port: Number(port), token_url: rest.token_url.trim(), client_id: rest.client_id.trim() };
  if (rest.sign_in === "password") return password ? { ...body, password } : body;
  return { ...body, ...(client_secret && { client_secret: client_secret.trim() }), ...(refresh_token && { refresh_token: refresh_token.trim() }) };
}

/** Whether the stored secrets are for where this leads: they follow nowhere else. */
function keepsSecret(values: Entered, mailbox: MailboxView | null): boolean {
  if (!mailbox?.has_secret) return false;
  const { host, port, username, sign_in, token_url, client_id } = written(values);
  return (
    host.toLowerCase() === mailbox.host.toLowerCase() &&
    port === mailbox.port &&
    username === mailbox.username &&
    sign_in === mailbox.sign_in &&
    token_url === mailbox.token_url &&
    client_id === mailbox.client_id
  );
}

interface FormProps {
  inbox: number;
  mailbox: MailboxView | null;
  saved: (mailbox: MailboxView) => void;
  cancel: () => void;
}

export function MailboxForm({ inbox, mailbox, saved, cancel }: FormProps) {
  const t = texts.use();
  const [values, setValues] = useState(() => entered(mailbox));
  const [test, setTest] = useState<MailboxTest>();
  const [busy, setBusy] = useState<"test" | "save">();
  const change = (changed: Partial<Entered>): void => {
    setValues({ ...values, ...changed });
    setTest(undefined);
  };
  const set = (name: keyof Entered) => (event: { target: { value: string } }) => change({ [name]: event.target.value });
  const wrongPort = !/^[1-9]\d{0,4}$/.test(values.port) || Number(values.port) > 65_535;
  const isSame = values.done_folder !== "" && values.done_folder.toUpperCase() === values.folder.toUpperCase();
  const keeps = keepsSecret(values, mailbox);
  const secret = values.sign_in === "password" ? values.password : values.refresh_token;
  const isWhole = values.sign_in === "password" || (values.token_url.trim() !== "" && values.client_id.trim() !== "");
  const isFit = values.host.trim() !== "" && values.username.trim() !== "" && values.folder.trim() !== "" && !wrongPort && !isSame && isWhole && (keeps || secret !== "");
  const hint = keeps ? t("secret.kept") : mailbox?.has_secret ? t("secret.needed") : undefined;
  const given = { path: { inbox_id: inbox }, body: written(values) };
  const run = async (what: "test" | "save", work: () => Promise<unknown>): Promise<void> => {
    if (busy || !isFit) return;
    setBusy(what);
    await attempt(work);
    setBusy(undefined);
  };
  return (
    <form
      className="flex flex-col gap-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void run("save", async () => saved(await api.put(PATH, given)));
      }}
    >
      <div className="grid gap-4 sm:grid-cols-[1fr_7rem]">
        <Field label={t("host")}>{(ids) => <Input {...ids} ref={focusOnMount} dir="ltr" value={values.host} maxLength={253} placeholder="imap.example.com" onChange={set("host")} />}</Field>
        <Field label={t("port")} error={wrongPort ? t("port.wrong") : undefined}>
          {(ids) => <Input {...ids} dir="ltr" inputMode="numeric" value={values.port} maxLength={5} onChange={set("port")} />}
        </Field>
      </div>
      <Choices
        label={t("security")}
        value={values.security}
        onChange={(security) => change({ security, port: PORTS[security] })}
        options={SECURITIES.map((value) => ({ value, label: t(`security.${value}`) }))}
        hint={values.security === "none" ? t("security.none.hint") : undefined}
      />
      <Field label={t("username")}>{(ids) => <Input {...ids} dir="ltr" autoComplete="off" value={values.username} maxLength={254} placeholder="support@example.com" onChange={set("username")} />}</Field>
      <Choices label={t("sign_in")} value={values.sign_in} onChange={(sign_in) => change({ sign_in })} options={SIGN_INS.map((value) => ({ value, label: t(`sign_in.${value}`) }))} />
      {values.sign_in === "password" ? (
        <Field label={t("password")} hint={hint}>
          {(ids) => <Input {...ids} dir="ltr" type="password" autoComplete="off" value={values.password} maxLength={200} onChange={set("password")} />}
        </Field>
      ) : (
        <>
          <Field label={t("token_url")}>
            {(ids) => <Input {...ids} dir="ltr" type="url" value={values.token_url} maxLength={300} placeholder="https://login.example.com/oauth2/token" onChange={set("token_url")} />}
          </Field>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t("client_id")}>{(ids) => <Input {...ids} dir="ltr" value={values.client_id} maxLength={200} onChange={set("client_id")} />}</Field>
            <Field label={t("client_secret")}>
              {(ids) => <Input {...ids} dir="ltr" type="password" autoComplete="off" value={values.client_secret} maxLength={200} onChange={set("client_secret")} />}
            </Field>
          </div>
          <Field label={t("refresh_token")} hint={hint}>
            {(ids) => <Input {...ids} dir="ltr" type="password" autoComplete="off" value={values.refresh_token} maxLength={4000} onChange={set("refresh_token")} />}
          </Field>
        </>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("folder")}>{(ids) => <Input {...ids} value={values.folder} maxLength={200} onChange={set("folder")} />}</Field>
        <Field label={t("done")} hint={t("done.hint")} error={isSame ? t("done.same") : undefined}>
          {(ids) => <Input {...ids} value={values.done_folder} maxLength={200} onChange={set("done_folder")} />}
        </Field>
      </div>
      <Choices label={t("start")} value={values.start} onChange={(start) => change({ start })} options={STARTS.map((value) => ({ value, label: t(`start.${value}`) }))} />
      <div role="status">{test && <Answer test={test} />}</div>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={cancel}>{t("cancel")}</Button>
        <Button busy={busy === "test"} disabled={!isFit} onClick={() => void run("test", async () => setTest(await api.post(TEST, given)))}>
          {t("test")}
        </Button>
        <Button variant="primary" type="submit" busy={busy === "save"} disabled={!isFit}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}

interface ChoicesProps<T extends string> {
  label: string;
  value: T;
  onChange: (value: T) => void;
  options: { value: T; label: string }[];
  hint?: string | undefined;
}

function Choices<T extends string>({ label, hint, ...choice }: ChoicesProps<T>) {
  return (
    <div className="flex flex-col items-start gap-1.5">
      <span className="text-sm font-medium" aria-hidden>
        {label}
      </span>
      <Segmented aria-label={label} {...choice} />
      {hint && <p className="text-xs text-faint">{hint}</p>}
    </div>
  );
}

import type { TemplateTest, TemplateView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Checkbox } from "#ui/choice.tsx";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Select } from "#ui/select.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { EmptyState } from "#ui/states.tsx";
import { useQuery } from "@tanstack/react-query";
import { CircleAlert, CircleCheck, MailX } from "lucide-react";
import { useId, useState } from "react";
import { isProblem } from "../../../api/problem.ts";
import { inboxesQuery, usersQuery } from "../../../data/people.ts";
import { app } from "../../../i18n/app.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { useIsRole, useMe } from "../../../session/session.ts";
import { ContactPicker } from "../contact-picker.tsx";
import { testTemplate } from "../data.ts";
import { texts } from "../texts.ts";

const MOST = 5;
const known = ["no_mail_server", "not_this_address", "not_staff", "faulty_template", "no_address"] as const;

interface TestProps {
  template: TemplateView;
  /** Saves what is not saved yet; undefined: nothing is. Answers with whether it worked. */
  save: (() => Promise<boolean>) | undefined;
  contact: number | undefined;
  close: () => void;
}

/** Sends a template to people who work here, as a customer would get it. */
export default function TestSend({ template, save, contact, close }: TestProps) {
  const t = texts.use();
  const shell = app.use();
  const me = useMe();
  const isAdmin = useIsRole("admin");
  const inboxes = useQuery(inboxesQuery);
  const users = useQuery({ ...usersQuery, enabled: isAdmin });
  const mailing = inboxes.data?.filter(({ channel }) => channel === "email");
  const [inbox, setInbox] = useState<string>();
  const [as, setAs] = useState(contact);
  const [to, setTo] = useState<readonly string[]>([me.email]);
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<TemplateTest>();
  const [failure, setFailure] = useState<string>();
  const from = inbox ?? (mailing?.[0] ? String(mailing[0].id) : undefined);

  const send = async (): Promise<void> => {
    if (busy || from === undefined) return;
    setBusy(true);
    setAnswer(undefined);
    setFailure(undefined);
    try {
      if (save && !(await save())) setFailure(t("test.unsaved"));
      else setAnswer(await testTemplate(template.id, { inbox_id: Number(from), to: [...to], contact_id: as ?? null }));
    } catch (error) {
      const ours = isProblem(error) ? known.find((code) => code === error.code) : undefined;
      setFailure(ours ? t(`test.${ours}`) : problemText(error));
    }
    setBusy(false);
  };

  return (
    <Dialog open onOpenChange={(open) => !open && close()}>
      <DialogContent
        title={t("test")}
        text={t("test.text")}
        footer={
          <>
            <Button onClick={close}>{shell("close")}</Button>
            <Button variant="primary" busy={busy} disabled={from === undefined || to.length === 0} onClick={() => void send()}>
              {t(save ? "test.save-send" : "test.send")}
            </Button>
          </>
        }
      >
        {!mailing ? (
          <SkeletonRows avatar={false} rows={3} />
        ) : mailing.length === 0 ? (
          <EmptyState icon={MailX} title={t("test.none")} text={t("test.none.text")} className="py-6" />
        ) : (
          <div className="flex flex-col gap-4">
            <Field label={t("test.from")}>{(ids) => <Select {...ids} value={from} onChange={setInbox} options={mailing.map(({ id, name }) => ({ value: String(id), label: name }))} />}</Field>
            <fieldset className="flex flex-col gap-2">
              <legend className="mb-1.5 text-sm font-medium">{t("test.to")}</legend>
              <Person name={t("test.me", { email: me.email })} checked={to.includes(me.email)} turn={(on) => setTo(turned(to, me.email, on))} />
              {users.data?.filter(({ email }) => email !== me.email).slice(0, 40).map(({ id, name, email }) => (
                <Person key={id} name={`${name} · ${email}`} checked={to.includes(email)} disabled={to.length >= MOST && !to.includes(email)} turn={(on) => setTo(turned(to, email, on))} />
              ))}
            </fieldset>
            <div className="flex items-center justify-between gap-3">
              <span className="text-sm font-medium">{t("as")}</span>
              <ContactPicker value={as} onChange={setAs} />
            </div>
            <Said answer={answer} failure={failure} />
          </div>
        )}
      </DialogContent>
    </Dialog>
  );
}

const turned = (list: readonly string[], one: string, on: boolean): string[] => [...list.filter((each) => each !== one), ...(on ? [one] : [])];

function Person({ name, checked, disabled = false, turn }: { name: string; checked: boolean; disabled?: boolean; turn: (on: boolean) => void }) {
  const id = useId();
  return (
    <span className="flex items-center gap-2">
      <Checkbox id={id} checked={checked} disabled={disabled} onCheckedChange={(on) => turn(on === true)} />
      <label htmlFor={id} className="min-w-0 truncate text-sm">
        <bdi>{name}</bdi>
      </label>
    </span>
  );
}

function Said({ answer, failure }: { answer: TemplateTest | undefined; failure: string | undefined }) {
  const t = texts.use();
  if (!answer && failure === undefined) return null;
  const isSent = answer?.code === "sent" && answer.left_out.length === 0;
  return (
    <div role={isSent ? "status" : "alert"} className={`flex items-start gap-2 rounded-sm px-3 py-2 text-sm ${isSent ? "bg-success-soft text-success" : "bg-danger-soft text-danger"}`}>
      {isSent ? <CircleCheck className="mt-0.5 size-4 shrink-0" aria-hidden /> : <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />}
      <div className="min-w-0">
        <p>{answer ? (isSent ? t("test.sent", { people: answer.recipients.join(", ") }) : answer.code === "sent" ? t("test.left-out", { people: answer.left_out.join(", ") }) : answer.detail) : failure}</p>
        {answer && !isSent && answer.said && <bdi className="block font-mono text-xs wrap-anywhere">{answer.said}</bdi>}
      </div>
    </div>
  );
}

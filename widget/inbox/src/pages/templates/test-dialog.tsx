import type { TemplateTest } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Checkbox } from "#ui/choice.tsx";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { useQuery } from "@tanstack/react-query";
import { CircleAlert, CircleCheck } from "lucide-react";
import { useId, useState, type ReactNode } from "react";
import { isProblem } from "../../api/problem.ts";
import { usersQuery } from "../../data/people.ts";
import { app } from "../../i18n/app.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { useIsRole, useMe } from "../../session/session.ts";
import { ContactPicker } from "./contact-picker.tsx";
import { texts } from "./texts.ts";

const MOST = 5;
const known = ["no_mail_server", "not_this_address", "not_staff", "faulty_template", "no_address"] as const;

interface TestDialogProps {
  /** What else is chosen, above to whom. */
  children?: ReactNode;
  /** In place of all that is chosen: why nothing can be sent. */
  instead?: ReactNode;
  isReady: boolean;
  label: string;
  contact?: number | undefined;
  /** Sends it; a text is why it was not. */
  send: (to: string[], contact: number | null) => Promise<TemplateTest | string>;
  close: () => void;
}

/** Sends a mail to people who work here, as a customer would get it. */
export function TestDialog({ children, instead, isReady, label, contact, send, close }: TestDialogProps) {
  const t = texts.use();
  const shell = app.use();
  const me = useMe();
  const users = useQuery({ ...usersQuery, enabled: useIsRole("admin") });
  const [as, setAs] = useState(contact);
  const [to, setTo] = useState<readonly string[]>([me.email]);
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<TemplateTest | string>();

  const perform = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setAnswer(undefined);
    try {
      setAnswer(await send([...to], as ?? null));
    } catch (error) {
      const ours = isProblem(error) ? known.find((code) => code === error.code) : undefined;
      setAnswer(ours ? t(`test.${ours}`) : problemText(error));
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
            <Button variant="primary" busy={busy} disabled={!isReady || to.length === 0} onClick={() => void perform()}>
              {label}
            </Button>
          </>
        }
      >
        {instead ?? (
          <div className="flex flex-col gap-4">
            {children}
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
            {answer !== undefined && <Said answer={answer} />}
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

function Said({ answer }: { answer: TemplateTest | string }) {
  const t = texts.use();
  const isSent = typeof answer !== "string" && answer.code === "sent" && answer.left_out.length === 0;
  const Icon = isSent ? CircleCheck : CircleAlert;
  return (
    <div role={isSent ? "status" : "alert"} className={`flex items-start gap-2 rounded-sm px-3 py-2 text-sm ${isSent ? "bg-success-soft text-success" : "bg-danger-soft text-danger"}`}>
      <Icon className="mt-0.5 size-4 shrink-0" aria-hidden />
      <div className="min-w-0">
        <p>{typeof answer === "string" ? answer : isSent ? t("test.sent", { people: answer.recipients.join(", ") }) : answer.code === "sent" ? t("test.left-out", { people: answer.left_out.join(", ") }) : answer.detail}</p>
        {typeof answer !== "string" && !isSent && answer.said && <bdi className="block font-mono text-xs wrap-anywhere">{answer.said}</bdi>}
      </div>
    </div>
  );
}

import { clientId } from "#shared/ids.ts";
import type { FileView, MessageMailView, MessageView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Checkbox } from "#ui/choice.tsx";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { Field, Textarea } from "#ui/field.tsx";
import { useQuery } from "@tanstack/react-query";
import { useId, useMemo, useState } from "react";
import { api } from "../../../api/client.ts";
import { isProblem } from "../../../api/problem.ts";
import { app } from "../../../i18n/app.ts";
import { useLocale } from "../../../i18n/locale.ts";
import { sizeText } from "../../../i18n/size.ts";
import { putConversation, putInThread } from "../../../live/conversations.ts";
import { useStore } from "../../../use-store.ts";
import { clearDraft, draftOf, putDraft, type Draft } from "../composer/drafts.ts";
import { People } from "../composer/recipients.tsx";
import { fields, type Whom } from "../composer/whom.ts";
import { mailProblem } from "../mail-problems.ts";
import { recipientsQuery } from "../mails.ts";
import { texts } from "../texts.ts";
import { offer } from "../undo.ts";
import { draftKey, forwarding } from "./forwarding.ts";

const nobody: Whom = { to: [], cc: [], bcc: [] };
const COMMENT_MAX = 9000;
const close = (): void => forwarding.set(undefined);

interface ForwardProps {
  message: MessageView;
  /** What it was as a mail, if it was one. */
  mail: MessageMailView | undefined;
  /** Who wrote it. */
  name: string;
}

/** A message for people outside of its conversation. What was begun stays until it is sent. */
export default function Forward({ message, mail, name }: ForwardProps) {
  const t = texts.use();
  const shell = app.use();
  const key = draftKey(message.id);
  const draft = useStore(useMemo(() => draftOf(key, "note"), [key]));
  const canSend = useQuery(recipientsQuery(message.conversation_id)).data?.can_send ?? true;
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const { whom = nobody, text } = draft;
  const files = message.files ?? [];
  const enclosed = files.map(({ token }) => token).filter((token) => !draft.enclosed || draft.enclosed.includes(token));
  const change = (changes: Partial<Draft>): void => putDraft(key, "note", { ...draft, ...changes });
  const isReady = whom.to.length > 0;

  const send = async (): Promise<void> => {
    if (busy || !isReady) return;
    setBusy(true);
    const mail = { ...whom, comment: text.trim(), files: enclosed };
    const what = JSON.stringify(mail);
    const id = draft.tried?.what === what ? draft.tried.id : clientId();
    change({ tried: { id, what } });
    try {
      const { conversation, message: note } = await api.post("/api/messages/{message_id}/forward", { path: { message_id: message.id }, body: { client_id: id, ...mail } });
      putInThread(conversation.id, note);
      putConversation(conversation, { read_seq: note.seq });
      clearDraft(key, "note");
      close();
      await offer(note).catch(() => undefined); // not offered here: the note itself still does
    } catch (error) {
      if (isProblem(error, "already_used")) putDraft(key, "note", { ...draftOf(key, "note").get(), tried: undefined });
      setFailure(mailProblem(error));
      setBusy(false);
    }
  };

  return (
    <Dialog open onOpenChange={close}>
      <DialogContent
        title={t("forward.title")}
        text={t("forward.text")}
        size="lg"
        footer={
          <>
            <Button onClick={close}>{shell("cancel")}</Button>
            <Button variant="primary" type="submit" form="forward" busy={busy} disabled={!isReady}>
              {t("forward")}
            </Button>
          </>
        }
      >
        <form
          id="forward"
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            void send();
          }}
        >
          {!canSend && <p className="text-sm text-danger">{t("whom.unsendable")}</p>}
          <div className="flex flex-col gap-1 text-xs">
            {fields.map((field) => (
              <People key={field} field={field} whom={whom} choose={(next) => change({ whom: next })} />
            ))}
          </div>
          {failure && (
            <p role="alert" className="text-sm text-danger">
              {failure}
            </p>
          )}
          <Field label={t("forward.comment")}>
            {(ids) => (
              <Textarea
                {...ids}
                value={text}
                maxLength={COMMENT_MAX}
                onChange={(event) => change({ text: event.target.value })}
                onKeyDown={(event) => {
                  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void send();
                }}
                className="min-h-20"
              />
            )}
          </Field>
          {files.length > 0 && <Enclosed files={files} enclosed={enclosed} choose={(next) => change({ enclosed: next.length < files.length ? next : undefined })} />}
          <Quoted message={message} mail={mail} name={name} />
        </form>
      </DialogContent>
    </Dialog>
  );
}

/** Which files go with it. */
function Enclosed({ files, enclosed, choose }: { files: readonly FileView[]; enclosed: readonly string[]; choose: (enclosed: readonly string[]) => void }) {
  const t = texts.use();
  const locale = useLocale();
  const id = useId();
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{t("forward.files")}</legend>
      <ul className="flex flex-col gap-1.5">
        {files.map(({ token, name, size }) => (
          <li key={token} className="flex items-center gap-2 text-sm">
            <Checkbox id={`${id}-${token}`} checked={enclosed.includes(token)} onCheckedChange={(goes) => choose(goes === true ? [...enclosed, token] : enclosed.filter((each) => each !== token))} />
            <label htmlFor={`${id}-${token}`} className="flex min-w-0 items-baseline gap-2 touch:py-1.5">
              <bdi className="truncate">{name}</bdi>
              <span className="shrink-0 text-xs text-faint">{sizeText(size, locale)}</span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

/** What stands below the comment. */
function Quoted({ message, mail, name }: ForwardProps) {
  const t = texts.use();
  return (
    <section aria-label={t("forward.quoted")} className="rounded-sm border border-line bg-sunken text-sm">
      <p className="flex flex-wrap gap-x-2 border-b border-line px-3 py-2 text-xs text-muted">
        <bdi className="font-medium text-ink">{name}</bdi>
        {mail?.sender && (
          <bdi dir="ltr" className="wrap-anywhere">
            {mail.sender.address}
          </bdi>
        )}
        {mail?.subject && <bdi className="basis-full wrap-anywhere">{mail.subject}</bdi>}
      </p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard */}
      <div dir="auto" tabIndex={0} role="group" aria-label={t("forward.quoted.text")} className="max-h-48 overflow-y-auto px-3 py-2 wrap-anywhere whitespace-pre-wrap">
        {[message.content, mail?.hidden].filter(Boolean).join("\n\n")}
      </div>
    </section>
  );
}

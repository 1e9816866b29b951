import { clientId } from "#shared/ids.ts";
import type { ContactView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { confirm } from "#ui/confirm.ts";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { Field, Input, Textarea } from "#ui/field.tsx";
import { Select } from "#ui/select.tsx";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { nameOf } from "../../data/contacts.ts";
import { useInboxes } from "../../data/people.ts";
import { app } from "../../i18n/app.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { putConversation } from "../../live/conversations.ts";
import { texts } from "./texts.ts";

interface WriteMessageProps {
  contact: ContactView;
  open: boolean;
  close: () => void;
}

/** Writes to a contact first. */
export function WriteMessage({ contact, open, close }: WriteMessageProps) {
  return (
    <Dialog open={open} onOpenChange={close}>
      {open && <Form contact={contact} close={close} />}
    </Dialog>
  );
}

function Form({ contact, close }: Omit<WriteMessageProps, "open">) {
  const t = texts.use();
  const shell = app.use();
  const navigate = useNavigate();
  const inboxes = useInboxes();
  const [inbox, setInbox] = useState<string>();
  const [subject, setSubject] = useState("");
  const [content, setContent] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  // One id for all tries: the server opens one conversation.
  const [id] = useState(() => clientId());
  const chosen = inbox ?? (inboxes[0] ? String(inboxes[0].id) : undefined);

  const isMail = inboxes.find(({ id: each }) => String(each) === chosen)?.channel === "email";

  const send = async (): Promise<void> => {
    if (busy || !content.trim() || chosen === undefined) return;
    if (isMail && !subject.trim() && !(await confirm({ title: t("write.no-subject"), text: t("write.no-subject.text"), action: t("write.anyway") }))) return;
    setBusy(true);
    try {
      const { conversation, message } = await api.post("/api/conversations/start", {
        body: { client_id: id, contact_id: contact.id, inbox_id: Number(chosen), subject: subject.trim(), content: content.trim() },
      });
      putConversation(conversation, { read_seq: message.seq });
      close();
      await navigate({ to: "/inbox/$conversation", params: { conversation: String(conversation.id) } });
    } catch (error) {
      setFailure(problemText(error));
      setBusy(false);
    }
  };

  return (
    <DialogContent
      title={t("write.title", { name: nameOf(contact) || shell("visitor") })}
      text={isMail ? t("write.text.mail", { email: contact.email ?? "" }) : t("write.text")}
      footer={
        <>
          <Button onClick={close}>{shell("cancel")}</Button>
          <Button variant="primary" type="submit" form="write-message" busy={busy} disabled={!content.trim() || chosen === undefined}>
            {t("write.send")}
          </Button>
        </>
      }
    >
      <form
        id="write-message"
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        {inboxes.length > 1 && (
          <Field label={t("inbox")}>
            {(ids) => <Select {...ids} value={chosen} onChange={setInbox} options={inboxes.map((each) => ({ value: String(each.id), label: each.name }))} />}
          </Field>
        )}
        <Field label={t("write.subject")}>{(ids) => <Input {...ids} value={subject} maxLength={300} onChange={(event) => setSubject(event.target.value)} />}</Field>
        <Field label={t("write.content")} error={failure}>
          {(ids) => <Textarea {...ids} value={content} maxLength={10_000} onChange={(event) => setContent(event.target.value)} className="min-h-32" />}
        </Field>
      </form>
    </DialogContent>
  );
}

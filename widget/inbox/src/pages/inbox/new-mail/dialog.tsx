import { clientId } from "#shared/ids.ts";
import type { InboxView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { confirm } from "#ui/confirm.ts";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { Field, Input, Textarea } from "#ui/field.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Menu, MenuContent, MenuRadio, MenuRadioGroup, MenuTrigger } from "#ui/menu.tsx";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { ChevronDown, Paperclip } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { api } from "../../../api/client.ts";
import { isProblem } from "../../../api/problem.ts";
import { sent } from "../../../data/outbox.ts";
import { app } from "../../../i18n/app.ts";
import { putConversation } from "../../../live/conversations.ts";
import { useStore } from "../../../use-store.ts";
import { Attachments } from "../composer/attachments.tsx";
import { clearDraft, draftOf, putDraft, type Draft } from "../composer/drafts.ts";
import { People } from "../composer/recipients.tsx";
import { addFiles, uploadsOf } from "../composer/uploads.ts";
import { fields, saysAttached, type Whom } from "../composer/whom.ts";
import { mailProblem } from "../mail-problems.ts";
import { mailInboxesQuery } from "../mails.ts";
import { texts } from "../texts.ts";
import { isWriting, LETTER, useMailInboxes } from "./writing.ts";

const nobody: Whom = { to: [], cc: [], bcc: [] };
const close = (): void => isWriting.set(false);

/** A mail to somebody first. What was begun stays until it is sent. */
export default function NewMail() {
  return (
    <Dialog open onOpenChange={close}>
      <Letter />
    </Dialog>
  );
}

function Letter() {
  const t = texts.use();
  const shell = app.use();
  const navigate = useNavigate();
  const inboxes = useMailInboxes();
  const draft = useStore(useMemo(() => draftOf(LETTER, "reply"), []));
  const uploads = useStore(useMemo(() => uploadsOf(LETTER, "reply"), []));
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const files = useRef<HTMLInputElement>(null);
  const inbox = (inboxes.find(({ id }) => id === draft.inbox) ?? inboxes[0])?.id;
  const canSend = useQuery(mailInboxesQuery).data?.find(({ inbox_id }) => inbox_id === inbox)?.can_send ?? true;
  const { whom = nobody, subject = "", text } = draft;
  const change = (changes: Partial<Draft>): void => putDraft(LETTER, "reply", { ...draft, ...changes });
  const isReady = whom.to.length > 0 && text.trim() !== "" && inbox !== undefined && uploads.length === 0;

  const mayGo = async (): Promise<boolean> =>
    (subject.trim() !== "" || (await confirm({ title: t("letter.no-subject"), text: t("letter.no-subject.text"), action: t("letter.anyway") }))) &&
    (draft.files.length > 0 || !saysAttached(text) || (await confirm({ title: t("letter.no-file"), text: t("letter.no-file.text"), action: t("letter.anyway") })));

  const send = async (): Promise<void> => {
    if (busy || !isReady || !(await mayGo())) return;
    setBusy(true);
    const mail = { ...whom, subject: subject.trim(), content: text.trim(), files: draft.files.map(({ token }) => token) };
    const what = JSON.stringify([inbox, mail]);
    const id = draft.tried?.what === what ? draft.tried.id : clientId();
    change({ tried: { id, what } });
    try {
      const { conversation, message } = await api.post("/api/inboxes/{inbox_id}/mails", { path: { inbox_id: inbox }, body: { client_id: id, ...mail } });
      putConversation(conversation, { read_seq: message.seq });
      clearDraft(LETTER, "reply");
      close();
      sent.get()(conversation, message);
      await navigate({ to: "/inbox/$conversation", params: { conversation: String(conversation.id) } });
    } catch (error) {
      if (isProblem(error, "already_used")) putDraft(LETTER, "reply", { ...draftOf(LETTER, "reply").get(), tried: undefined });
      setFailure(mailProblem(error));
      setBusy(false);
    }
  };

  return (
    <DialogContent
      title={t("letter")}
      text={t("letter.text")}
      size="lg"
      footer={
        <>
          <Button onClick={close}>{shell("cancel")}</Button>
          <Button variant="primary" type="submit" form="new-mail" busy={busy} disabled={!isReady}>
            {t("letter.send")}
          </Button>
        </>
      }
    >
      <form
        id="new-mail"
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        {inboxes.length > 1 && <From inboxes={inboxes} inbox={inbox} choose={(next) => change({ inbox: next })} />}
        {!canSend && <p className="text-sm text-danger">{t("whom.unsendable")}</p>}
        <div className="flex flex-col gap-1 text-xs">
          {fields.map((field) => (
            <People key={field} field={field} whom={whom} choose={(next) => change({ whom: next })} />
          ))}
        </div>
        <Field label={t("letter.subject")}>{(ids) => <Input {...ids} value={subject} maxLength={300} onChange={(event) => change({ subject: event.target.value })} />}</Field>
        <Field label={t("letter.content")} error={failure}>
          {(ids) => (
            <Textarea
              {...ids}
              value={text}
              maxLength={10_000}
              onChange={(event) => change({ text: event.target.value })}
              onKeyDown={(event) => {
                if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void send();
              }}
              className="min-h-40"
            />
          )}
        </Field>
        <div className="-mx-3">
          <Attachments files={draft.files} uploads={uploads} remove={(file) => change({ files: draft.files.filter((each) => each !== file) })} />
        </div>
        <IconButton label={t("files.add")} onClick={() => files.current?.click()} className="self-start">
          <Paperclip aria-hidden />
        </IconButton>
        <input
          ref={files}
          type="file"
          multiple
          hidden
          aria-hidden
          tabIndex={-1}
          onChange={(event) => {
            addFiles(LETTER, "reply", [...(event.target.files ?? [])]);
            event.target.value = "";
          }}
        />
      </form>
    </DialogContent>
  );
}

function From({ inboxes, inbox, choose }: { inboxes: readonly InboxView[]; inbox: number | undefined; choose: (inbox: number) => void }) {
  const t = texts.use();
  const name = inboxes.find(({ id }) => id === inbox)?.name ?? "";
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button size="sm" className="max-w-full self-start" aria-label={t("letter.from.menu", { inbox: name })}>
          <span className="text-muted">{t("letter.from")}</span>
          <bdi className="truncate">{name}</bdi>
          <ChevronDown className="size-3.5!" aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuContent align="start">
        <MenuRadioGroup value={String(inbox)} onValueChange={(id) => choose(Number(id))}>
          {inboxes.map(({ id, name: each }) => (
            <MenuRadio key={id} value={String(id)}>
              {each}
            </MenuRadio>
          ))}
        </MenuRadioGroup>
      </MenuContent>
    </Menu>
  );
}

import type { ConsentView, ContactView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { DialogContent } from "#ui/dialog.tsx";
import { Field, Input } from "#ui/field.tsx";
import { focusOnMount } from "#ui/focus.ts";
import { toast } from "#ui/toast.tsx";
import { useState } from "react";
import { api } from "../../../api/client.ts";
import { isProblem } from "../../../api/problem.ts";
import { consentsQuery } from "../../../data/consent.ts";
import { queries } from "../../../data/queries.ts";
import { app } from "../../../i18n/app.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { texts } from "./texts.ts";

interface SayProps {
  contact: ContactView;
  topic: ConsentView;
  state: "subscribed" | "unsubscribed";
  close: () => void;
}

/** Says on behalf of a contact what they want, and how one knows. */
export function Say({ contact, topic, state, close }: SayProps) {
  const t = texts.use();
  const shell = app.use();
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const say = async (): Promise<void> => {
    if (busy || !note.trim()) return;
    setBusy(true);
    try {
      const path = { contact_id: contact.id, topic_id: topic.topic_id };
      const said = await api.put("/api/contacts/{contact_id}/consents/{topic_id}", { path, body: { state, note: note.trim() } });
      queries.setQueryData(consentsQuery(contact.id).queryKey, said);
      close();
      const isAsked = said.topics.find(({ topic_id }) => topic_id === topic.topic_id)?.state === "pending";
      toast({ tone: "success", title: isAsked ? t("said.asked") : t("said"), key: "consent" });
    } catch (error) {
      setProblem(isProblem(error, "asked_already") ? t("asked-already") : problemText(error));
      setBusy(false);
    }
  };
  return (
    <DialogContent
      title={t(`say.${state}.of`, { topic: topic.topic_name })}
      text={t(`say.${state}.text`)}
      footer={
        <>
          <Button onClick={close}>{shell("cancel")}</Button>
          <Button variant="primary" type="submit" form="say" busy={busy} disabled={!note.trim()}>
            {t(`say.${state}`)}
          </Button>
        </>
      }
    >
      <form
        id="say"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          void say();
        }}
      >
        <Field label={t("note")} hint={t("note.hint")} error={problem}>
          {(ids) => <Input {...ids} ref={focusOnMount} value={note} onChange={({ target }) => setNote(target.value)} maxLength={300} />}
        </Field>
      </form>
    </DialogContent>
  );
}

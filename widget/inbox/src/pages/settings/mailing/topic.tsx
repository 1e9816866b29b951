import type { TopicInput, TopicView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Choice, Segmented, Switch } from "#ui/choice.tsx";
import { DialogContent } from "#ui/dialog.tsx";
import { Field, Input, Textarea } from "#ui/field.tsx";
import { focusOnMount } from "#ui/focus.ts";
import { Select } from "#ui/select.tsx";
import { Ago } from "#ui/time.tsx";
import { toast } from "#ui/toast.tsx";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../../api/client.ts";
import { isProblem } from "../../../api/problem.ts";
import { topicsQuery, topicTextsQuery } from "../../../data/consent.ts";
import { useInboxes } from "../../../data/people.ts";
import { queries } from "../../../data/queries.ts";
import { app } from "../../../i18n/app.ts";
import { attempt } from "../parts.tsx";
import { texts as settings } from "../texts.ts";
import { texts } from "./texts.ts";

const blank: TopicInput = { name: "", description: "", kind: "marketing", opt_in: "double", is_public: true, text: "", inbox_id: null };

/** Makes a topic, or changes one. What kind of mail it is stays for good: people agreed to that. */
export function EditTopic({ topic, close }: { topic: TopicView | undefined; close: () => void }) {
  const t = texts.use();
  const shell = app.use();
  const words = settings.use();
  const inboxes = useInboxes().filter(({ channel }) => channel === "email");
  const [fields, setFields] = useState<TopicInput>(() => {
    if (!topic) return blank;
    const { name, description, kind, opt_in, is_public, text, inbox_id } = topic;
    return { name, description, kind, opt_in, is_public, text, inbox_id };
  });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const set = (changes: Partial<TopicInput>): void => setFields({ ...fields, ...changes });
  const isMarketing = fields.kind === "marketing";

  const run = async (work: () => Promise<unknown>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const done = await attempt(async () => {
      try {
        await work();
      } catch (error) {
        if (!isProblem(error, "topic_exists")) throw error;
        setProblem(t("topic.taken"));
        return false;
      }
      await queries.invalidateQueries(topicsQuery);
      close();
      toast({ tone: "success", title: shell("saved"), key: "settings" });
      return true;
    });
    if (!done) await queries.invalidateQueries(topicsQuery);
    setBusy(false);
  };
  const save = (): Promise<void> => {
    const { kind, ...changes } = { ...fields, name: fields.name.trim(), description: fields.description.trim() };
    return run(() => (topic ? api.patch("/api/topics/{topic_id}", { path: { topic_id: topic.id }, body: changes }) : api.post("/api/topics", { body: { ...changes, kind } })));
  };
  const archive = (is_archived: boolean): Promise<void> => run(() => api.patch("/api/topics/{topic_id}", { path: { topic_id: topic?.id ?? 0 }, body: { is_archived } }));

  return (
    <DialogContent
      title={topic ? t("topic.edit", { name: topic.name }) : t("topic.add")}
      text={t("topic.text")}
      footer={
        <>
          {topic && (
            <Button variant="ghost" className="me-auto" onClick={() => void archive(topic.archived_at === null)} busy={busy}>
              {t(topic.archived_at ? "topic.revive" : "topic.archive")}
            </Button>
          )}
          <Button onClick={close}>{shell("cancel")}</Button>
          <Button variant="primary" type="submit" form="topic" busy={busy} disabled={!fields.name.trim()}>
            {shell("save")}
          </Button>
        </>
      }
    >
      <form
        id="topic"
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field label={words("name")} hint={t("topic.name.hint")} error={problem}>
          {(ids) => <Input {...ids} {...(topic ? {} : { ref: focusOnMount })} value={fields.name} onChange={({ target }) => set({ name: target.value })} maxLength={80} />}
        </Field>
        <Field label={t("topic.description")}>{(ids) => <Input {...ids} value={fields.description} onChange={({ target }) => set({ description: target.value })} maxLength={500} />}</Field>
        {!topic && (
          <div className="flex flex-col gap-1.5">
            <span className="text-sm font-medium">{t("kind")}</span>
            <Segmented
              aria-label={t("kind")}
              value={fields.kind}
              onChange={(kind) => set({ kind })}
              className="self-start"
              options={(["marketing", "transactional"] as const).map((value) => ({ value, label: t(`kind.${value}`) }))}
            />
            <p className="text-xs text-faint">{t(`kind.${fields.kind}.text`)}</p>
          </div>
        )}
        {isMarketing && (
          <div className="flex flex-col gap-1.5">
            <span className="text-sm font-medium">{t("opt-in")}</span>
            <Segmented
              aria-label={t("opt-in")}
              value={fields.opt_in}
              onChange={(opt_in) => set({ opt_in })}
              className="self-start"
              options={(["double", "single"] as const).map((value) => ({ value, label: t(`opt-in.${value}`) }))}
            />
            <p className="text-xs text-faint">{t(`opt-in.${fields.opt_in}.text`)}</p>
          </div>
        )}
        <Field label={t("consent")} hint={t(topic ? "consent.version" : "consent.hint", { version: topic?.text_version ?? 1 })}>
          {(ids) => <Textarea {...ids} value={fields.text} onChange={({ target }) => set({ text: target.value })} maxLength={4000} />}
        </Field>
        {topic && topic.text_version > 1 && <Versions topic={topic.id} />}
        <Choice label={t("public")} hint={t("public.hint")}>
          {(ids) => <Switch {...ids} checked={fields.is_public} onCheckedChange={(is_public) => set({ is_public })} />}
        </Choice>
        {inboxes.length > 0 && (
          <Field label={t("asks")} hint={t("asks.hint")}>
            {(ids) => (
              <Select
                {...ids}
                value={String(fields.inbox_id ?? "any")}
                onChange={(next) => set({ inbox_id: next === "any" ? null : Number(next) })}
                options={[{ value: "any", label: t("asks.any") }, ...inboxes.map(({ id, name }) => ({ value: String(id), label: name }))]}
              />
            )}
          </Field>
        )}
      </form>
    </DialogContent>
  );
}

/** What people agreed to before: theirs stays what they read. */
function Versions({ topic }: { topic: number }) {
  const t = texts.use();
  const shell = app.use();
  const { data } = useQuery(topicTextsQuery(topic));
  return (
    <details className="rounded-sm border border-line px-3 py-2 text-sm">
      <summary className="font-medium">{t("versions")}</summary>
      {data ? (
        <ol className="mt-2 flex flex-col gap-3">
          {data.map(({ version, text, created_at }) => (
            <li key={version}>
              <p className="text-xs text-muted">
                {t("version", { version })} · <Ago at={created_at} />
              </p>
              <p dir="auto" className="whitespace-pre-wrap wrap-anywhere">
                {text || t("version.empty")}
              </p>
            </li>
          ))}
        </ol>
      ) : (
        <p className="text-muted">{shell("loading")}</p>
      )}
    </details>
  );
}

import type { ArticleView, QuestionView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Field, Input } from "#ui/field.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { ErrorState } from "#ui/states.tsx";
import { toast } from "#ui/toast.tsx";
import { useQuery } from "@tanstack/react-query";
import { Pencil, X } from "lucide-react";
import { useRef, useState } from "react";
import { app } from "../../i18n/app.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { addQuestion, changeQuestion, questionsQuery, removeQuestion } from "./data.ts";
import { texts } from "./texts.ts";

const MOST = 50;
const LENGTH = 300;

/** Questions in customers' words that lead to the article, for those who read it and for those who write. */
export default function Questions({ article: { id, status }, mayWrite }: { article: ArticleView; mayWrite: boolean }) {
  const t = texts.use();
  const { data, error, isFetching, refetch } = useQuery(questionsQuery(id));
  const [editing, setEditing] = useState<number>();
  const list = useRef<HTMLUListElement>(null);
  if (!data) return error ? <ErrorState title={t("questions.error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} /> : <SkeletonRows avatar={false} />;
  if (!mayWrite && data.length === 0) return null;

  const done = (): void => {
    setEditing(undefined);
    list.current?.focus();
  };

  return (
    <section aria-labelledby="article-questions" className="flex flex-col gap-3 border-t border-line pt-4">
      <div>
        <h2 id="article-questions" className="text-sm font-medium">
          {t("questions")}
        </h2>
        <p className="text-xs text-muted">{t(status === "published" ? "questions.text" : "questions.draft")}</p>
      </div>
      <ul ref={list} tabIndex={-1} aria-labelledby="article-questions" className="flex flex-col outline-none">
        {data.map((each) => (
          <li key={each.id} className="border-b border-line py-1.5 last:border-b-0">
            {editing === each.id ? <Edit article={id} item={each} done={done} /> : <Row article={id} item={each} edit={mayWrite ? () => setEditing(each.id) : undefined} removed={done} />}
          </li>
        ))}
      </ul>
      {mayWrite && (data.length < MOST ? <Add article={id} /> : <p className="text-xs text-muted">{t("questions.full", { most: MOST })}</p>)}
    </section>
  );
}

/** Runs one request; whether it went well. */
function useTried(): { busy: boolean; tried: (work: () => Promise<unknown>) => Promise<boolean> } {
  const t = texts.use();
  const [busy, setBusy] = useState(false);
  const tried = async (work: () => Promise<unknown>): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    try {
      await work();
      return true;
    } catch (problem) {
      toast({ tone: "error", title: t("questions.failed"), text: problemText(problem), key: "question" });
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, tried };
}

function Row({ article, item: { id, text }, edit, removed }: { article: number; item: QuestionView; edit: (() => void) | undefined; removed: () => void }) {
  const t = texts.use();
  const { busy, tried } = useTried();
  const remove = async (): Promise<void> => {
    if (await tried(() => removeQuestion(article, id))) removed();
  };
  return (
    <div className="flex items-center gap-1">
      <span dir="auto" className="min-w-0 flex-1 text-sm wrap-anywhere">
        {text}
      </span>
      {edit && (
        <>
          <IconButton label={t("questions.edit.one", { text })} onClick={edit}>
            <Pencil aria-hidden />
          </IconButton>
          <IconButton label={t("questions.remove.one", { text })} disabled={busy} onClick={() => void remove()}>
            <X aria-hidden />
          </IconButton>
        </>
      )}
    </div>
  );
}

function Edit({ article, item: { id, text }, done }: { article: number; item: QuestionView; done: () => void }) {
  const t = texts.use();
  const shell = app.use();
  const { busy, tried } = useTried();
  const [words, setWords] = useState(text);
  const isSame = words.trim() === text;
  const save = async (): Promise<void> => {
    if (isSame || (words.trim() && (await tried(() => changeQuestion(article, id, words.trim()))))) done();
  };
  return (
    <form
      className="flex flex-col gap-2"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        done();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field label={t("questions.words")}>
        {(ids) => (
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- it takes the place of the button that was just pressed
          <Input {...ids} autoFocus dir="auto" value={words} maxLength={LENGTH} onChange={(event) => setWords(event.target.value)} />
        )}
      </Field>
      <div className="flex justify-end gap-2">
        <Button size="sm" onClick={done} disabled={busy}>
          {shell("cancel")}
        </Button>
        <Button size="sm" type="submit" variant="primary" busy={busy} disabled={isSame || !words.trim()}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}

function Add({ article }: { article: number }) {
  const t = texts.use();
  const { busy, tried } = useTried();
  const [words, setWords] = useState("");
  const add = async (): Promise<void> => {
    if (words.trim() && (await tried(() => addQuestion(article, words.trim())))) setWords("");
  };
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Field label={t("questions.new")} className="min-w-0 flex-1">
        {(ids) => <Input {...ids} dir="auto" value={words} maxLength={LENGTH} onChange={(event) => setWords(event.target.value)} />}
      </Field>
      <Button type="submit" busy={busy} disabled={!words.trim()}>
        {t("questions.add")}
      </Button>
    </form>
  );
}

import type { ArticleView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Field, Textarea } from "#ui/field.tsx";
import { Select } from "#ui/select.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { ErrorState } from "#ui/states.tsx";
import { useQuery } from "@tanstack/react-query";
import { FileSearch, Play } from "lucide-react";
import { useId, useState } from "react";
import { problemText } from "../../../i18n/problem-text.ts";
import { useIsRole } from "../../../session/session.ts";
import { ChooseArticle } from "../learning/choose-article.tsx";
import { replaysQuery, startReplay, tryableQuery } from "./data.ts";
import { Runs } from "./runs.tsx";
import { texts } from "./texts.ts";

/** At most so many questions are asked. */
const MOST = 1000;
const DAY_MS = 24 * 3600 * 1000;
const CHOICES = { "100": ["last", 100], "500": ["last", 500], "1000": ["last", MOST], "7d": ["days", 7], "30d": ["days", 30] } as const;
type Choice = keyof typeof CHOICES;
const choices = Object.keys(CHOICES) as Choice[];

/** A draft, or another text of an article, tried on questions of the past. */
export function ChangedArticle() {
  const t = texts.use();
  const title = useId();
  const mayWrite = useIsRole("admin", "user");
  const [chosen, setChosen] = useState<number>();
  const [choosing, setChoosing] = useState(false);
  return (
    <section aria-labelledby={title} className="flex flex-col gap-4 rounded-md border border-line bg-pane p-4">
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <h2 id={title} className="text-base font-semibold">
            {t("article")}
          </h2>
          <p className="max-w-140 text-sm text-muted">{t("article.text")}</p>
        </div>
        {mayWrite && (
          <Button onClick={() => setChoosing(true)}>
            <FileSearch aria-hidden />
            {t(chosen ? "article.other" : "article.choose")}
          </Button>
        )}
      </header>
      {chosen && <Chosen key={chosen} id={chosen} close={() => setChosen(undefined)} />}
      <Runs kind="article" />
      {choosing && (
        <ChooseArticle
          title={t("article.choose")}
          text={t("article.choose.text")}
          close={() => setChoosing(false)}
          chosen={({ id }) => {
            setChoosing(false);
            setChosen(id);
          }}
        />
      )}
    </section>
  );
}

function Chosen({ id, close }: { id: number; close: () => void }) {
  const t = texts.use();
  const { data, error, isFetching, refetch } = useQuery(tryableQuery(id));
  if (!data) return error ? <ErrorState title={t("article.error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} /> : <SkeletonRows avatar={false} />;
  return <Form article={data} close={close} />;
}

function Form({ article, close }: { article: ArticleView; close: () => void }) {
  const t = texts.use();
  const [body, setBody] = useState(article.body);
  const [choice, setChoice] = useState<Choice>("100");
  const [busy, setBusy] = useState(false);
  const { data: runs } = useQuery(replaysQuery);
  const isInternal = article.audience !== "public";
  const start = async (): Promise<void> => {
    const [by, count] = CHOICES[choice];
    const questions = by === "last" ? { last: count } : { last: MOST, since: new Date(Date.now() - count * DAY_MS).toISOString() };
    setBusy(true);
    const begun = await startReplay({ article_id: article.id, title: article.title, body, ...questions });
    setBusy(false);
    if (begun) close();
  };
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <h3 className="text-sm font-semibold">
        <bdi>{article.title}</bdi>
      </h3>
      {isInternal ? (
        <p className="text-sm text-warning">{t("article.internal")}</p>
      ) : (
        <>
          <Field label={t("article.body")} hint={t("article.body.hint")}>
            {(ids) => <Textarea {...ids} value={body} onChange={(event) => setBody(event.target.value)} />}
          </Field>
          <div className="flex flex-wrap items-end gap-2">
            <Field label={t("article.questions")}>
              {(ids) => (
                <Select
                  {...ids}
                  value={choice}
                  onChange={setChoice}
                  options={choices.map((each) => ({ value: each, label: t(CHOICES[each][0] === "last" ? "article.last" : "article.days", { count: CHOICES[each][1] }) }))}
                />
              )}
            </Field>
            <Button type="submit" variant="primary" busy={busy} disabled={runs?.[0]?.status === "running"}>
              <Play aria-hidden />
              {t("article.try")}
            </Button>
          </div>
        </>
      )}
    </form>
  );
}

import type { Candidate, ConversationView, CopilotAnswer } from "#shared/wire.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { difference } from "#ui/difference.ts";
import { Input } from "#ui/field.tsx";
import { focusOnMount } from "#ui/focus.ts";
import { IconButton } from "#ui/icon-button.tsx";
import { Markdown } from "#ui/markdown.tsx";
import { plainLine } from "#ui/plain-line.ts";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { CornerDownLeft, LoaderCircle, Plus, RotateCw, Sparkles, X } from "lucide-react";
import { Fragment, useState, type ReactNode } from "react";
import { api } from "../../../api/client.ts";
import { app } from "../../../i18n/app.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { useSettled } from "../../../use-settled.ts";
import { tag } from "../changes.ts";
import { texts } from "../texts.ts";
import { ask, close, quote, replace, take, type Asked } from "./copilot.ts";

const NONE: never[] = [];

interface PanelProps {
  conversation: ConversationView;
  asked: Asked;
}

/** What came of a request to the copilot, above the reply that it is for. */
export default function CopilotPanel({ conversation, asked }: PanelProps) {
  const t = texts.use();
  const { id } = conversation;
  const { task, input, view, trouble } = asked;
  const isBusy = task !== "find" && !view && trouble === undefined;
  return (
    <section
      aria-label={t("copilot")}
      className="mx-3 mb-2 rounded-md border border-ai bg-pane py-2 ps-3 pe-2 text-sm max-md:mx-2"
      data-copilot={task}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        close(id);
      }}
    >
      <div className="flex items-center gap-2">
        <Sparkles className="size-4 shrink-0 text-ai" aria-hidden />
        <h3 className="min-w-0 flex-1 truncate text-xs font-semibold text-ai">{t(`copilot.${task}`)}</h3>
        <IconButton label={t("copilot.close")} onClick={() => close(id)}>
          <X aria-hidden />
        </IconButton>
      </div>
      <p role="status" className="flex items-center gap-2 text-muted not-empty:py-1">
        {isBusy && (
          <>
            <LoaderCircle className="size-4 animate-spin motion-reduce:animate-none" aria-hidden />
            {t("copilot.working")}
          </>
        )}
        {view && <span className="sr-only">{t("copilot.done")}</span>}
      </p>
      {trouble !== undefined && (
        <div role="alert" className="flex flex-wrap items-center gap-2 py-1">
          <span dir="auto" className="min-w-0 flex-1 text-danger">
            {trouble}
          </span>
          {input && (
            <Button size="sm" onClick={() => void ask(id, input)}>
              <RotateCw aria-hidden />
              {t("copilot.again")}
            </Button>
          )}
        </div>
      )}
      {view && <Result conversation={conversation} answer={view.result} asked={asked} />}
      {task === "find" && <Find conversation={id} />}
    </section>
  );
}

function Result({ conversation, answer, asked: { task, input } }: PanelProps & { answer: CopilotAnswer }) {
  switch (task) {
    case "draft":
      return <Draft conversation={conversation} answer={answer} />;
    case "summary":
      return <Summary answer={answer} />;
    case "tags":
      return <Tags conversation={conversation} answer={answer} />;
    case "rewrite":
      return <Rewritten conversation={conversation} before={input?.text ?? ""} after={answer.text ?? ""} />;
    case "find":
      return null;
  }
}

const Empty = ({ children }: { children: ReactNode }) => <p className="py-1 text-muted">{children}</p>;

function Scroll({ label, children }: { label: string; children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard
    <div dir="auto" role="region" aria-label={label} tabIndex={0} className="max-h-[22dvh] overflow-y-auto pe-1 wrap-anywhere max-md:max-h-[18dvh]">
      {children}
    </div>
  );
}

const isInternal = ({ audience }: Pick<Candidate, "audience">): boolean => audience === "internal";

function Draft({ conversation, answer: { text, sources = NONE, model } }: { conversation: ConversationView; answer: CopilotAnswer }) {
  const t = texts.use();
  if (!text) return <Empty>{t("copilot.draft.none")}</Empty>;
  const secret = sources.some(isInternal);
  return (
    <>
      <Scroll label={t("copilot.draft")}>
        <Markdown text={text} />
      </Scroll>
      <ul className="mt-1.5 flex flex-wrap gap-x-3 gap-y-1 text-xs text-muted">
        {sources.map((source, index) => (
          <li key={index} className="flex min-w-0 items-center gap-1.5">
            <bdi className="truncate">{source.heading ? `${source.title} · ${source.heading}` : source.title}</bdi>
            {isInternal(source) && <Badge tone="warning">{t("receipt.internal")}</Badge>}
          </li>
        ))}
      </ul>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <Button
          size="sm"
          onClick={() => {
            take(conversation.id, text, secret);
            close(conversation.id);
          }}
        >
          <CornerDownLeft aria-hidden />
          {t("suggestion.insert")}
        </Button>
        <span className="text-xs text-faint">{model ? t("copilot.by", { model }) : t("copilot.quoted")}</span>
      </div>
    </>
  );
}

function Summary({ answer: { points = NONE, model } }: { answer: CopilotAnswer }) {
  const t = texts.use();
  if (points.length === 0) return <Empty>{t("copilot.summary.none")}</Empty>;
  return (
    <Scroll label={t("copilot.summary")}>
      <dl className="flex flex-col gap-1.5">
        {points.map(({ point, text, quoted }) => (
          <div key={point}>
            <dt className="text-xs font-semibold text-muted">{t(`copilot.point.${point}`)}</dt>
            <dd dir="auto">{quoted ? <q>{text}</q> : text}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-1.5 text-xs text-faint">{model ? t("copilot.by", { model }) : t("copilot.quoted")}</p>
    </Scroll>
  );
}

function Tags({ conversation, answer }: { conversation: ConversationView; answer: CopilotAnswer }) {
  const t = texts.use();
  const { tags = NONE } = answer;
  const left = tags.filter((name) => !conversation.tags.includes(name));
  if (left.length === 0) return <Empty>{t(tags.length > 0 ? "copilot.tags.all" : "copilot.tags.none")}</Empty>;
  return (
    <div className="flex flex-wrap gap-2 py-1">
      {left.map((name) => (
        <Button key={name} size="sm" aria-label={t("copilot.tags.add", { tag: name })} onClick={() => void tag(conversation.id, [name], [])}>
          <Plus aria-hidden />
          <bdi>{name}</bdi>
        </Button>
      ))}
    </div>
  );
}

function Rewritten({ conversation: { id }, before, after }: { conversation: ConversationView; before: string; after: string }) {
  const t = texts.use();
  return (
    <>
      <Scroll label={t("copilot.difference")}>
        <p className="whitespace-pre-wrap">
          {difference(before.trim(), after).map(({ kind, text }, index) => (
            <Fragment key={index}>
              {kind === "same" && text}
              {kind === "gone" && (
                <del className="rounded-xs bg-danger-soft text-danger">
                  <span className="sr-only">{t("copilot.gone")} </span>
                  {text}
                </del>
              )}
              {kind === "new" && (
                <ins className="rounded-xs bg-success-soft text-success">
                  <span className="sr-only">{t("copilot.new")} </span>
                  {text}
                </ins>
              )}
            </Fragment>
          ))}
        </p>
      </Scroll>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button size="sm" onClick={() => replace(id, after)}>
          <CornerDownLeft aria-hidden />
          {t("copilot.replace")}
        </Button>
        <Button size="sm" variant="ghost" onClick={() => close(id)}>
          {t("copilot.keep")}
        </Button>
      </div>
    </>
  );
}

function Find({ conversation }: { conversation: number }) {
  const t = texts.use();
  const shell = app.use();
  const [words, setWords] = useState("");
  const q = useSettled(words.trim());
  const { data, error, isFetching } = useQuery({
    queryKey: ["copilot", "articles", q] as const,
    queryFn: ({ signal }) => api.get("/api/copilot/articles", { query: { q }, signal }),
    enabled: q !== "",
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <Input ref={focusOnMount} value={words} maxLength={500} aria-label={t("copilot.find.label")} placeholder={t("copilot.find.label")} onChange={(event) => setWords(event.target.value)} />
      <p role="status" className="text-xs text-muted not-empty:py-1">
        {error ? problemText(error) : isFetching ? shell("loading") : q && data?.length === 0 ? t("copilot.find.none") : ""}
      </p>
      {q && data && data.length > 0 && (
        <Scroll label={t("copilot.find.found")}>
          <ul className="flex flex-col gap-2 pt-1">
            {data.map((found, index) => (
              <li key={index} className="flex items-start gap-2">
                <div className="min-w-0 flex-1">
                  <p className="flex min-w-0 items-center gap-1.5 font-medium">
                    <bdi className="truncate">{found.heading ? `${found.title} · ${found.heading}` : found.title}</bdi>
                    {isInternal(found) && <Badge tone="warning">{t("receipt.internal")}</Badge>}
                  </p>
                  <p dir="auto" className="line-clamp-2 text-xs text-muted">
                    {plainLine(found.text)}
                  </p>
                </div>
                <Button
                  size="sm"
                  aria-label={t("copilot.find.quote", { title: found.heading ? `${found.title}, ${found.heading}` : found.title })}
                  onClick={() => {
                    quote(found, conversation);
                    close(conversation);
                  }}
                >
                  <CornerDownLeft aria-hidden />
                  {t("suggestion.insert")}
                </Button>
              </li>
            ))}
          </ul>
        </Scroll>
      )}
    </>
  );
}

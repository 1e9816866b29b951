import type { ToReview } from "#shared/wire.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Kbd } from "#ui/kbd.tsx";
import { Markdown } from "#ui/markdown.tsx";
import { Ago } from "#ui/time.tsx";
import { Tooltip } from "#ui/tooltip.tsx";
import { Link } from "@tanstack/react-router";
import { ArrowLeft, ChevronDown, ChevronUp, MessagesSquare } from "lucide-react";
import type { ReactNode } from "react";
import { texts as inbox } from "../inbox/texts.ts";
import { Confidence, Passage, Signals } from "../inbox/thread/receipt-parts.tsx";
import { texts } from "./texts.ts";
import { MayReview, Verdict } from "./verdict.tsx";

interface ItemProps {
  item: ToReview;
  back: () => void;
  next: () => void;
  previous: () => void;
  said: () => void;
  again: () => void;
}

/** One draft: what was asked, what was answered, where that comes from, how sure it was; and the buttons that judge it. */
export function Item({ item, back, next, previous, said, again }: ItemProps) {
  const t = texts.use();
  const { receipt, number, subject, unsure } = item;
  return (
    <>
      <header className="flex min-h-12 shrink-0 items-center gap-2 border-b border-line ps-4 pe-2 max-md:ps-1">
        <IconButton label={t("back")} onClick={back} className="md:hidden">
          <ArrowLeft className="size-5! rtl:-scale-x-100" aria-hidden />
        </IconButton>
        <Why unsure={unsure} />
        <Link
          to="/inbox/$conversation"
          params={{ conversation: String(receipt.conversation_id) }}
          search={{}}
          className="flex min-w-0 items-center gap-1.5 rounded-xs py-1 text-sm text-accent-text hover:underline"
        >
          <MessagesSquare className="size-4 shrink-0" aria-hidden />
          <span className="truncate">
            {t("conversation", { number: String(number) })}
            {subject && (
              <>
                {" · "}
                <bdi>{subject}</bdi>
              </>
            )}
          </span>
        </Link>
        <Ago at={receipt.created_at} className="ms-auto shrink-0 text-xs text-faint max-sm:hidden" />
        <span className="flex shrink-0 max-sm:ms-auto">
          <IconButton label={t("previous")} shortcut="k" onClick={previous}>
            <ChevronUp aria-hidden />
          </IconButton>
          <IconButton label={t("skip")} shortcut="j" onClick={next}>
            <ChevronDown aria-hidden />
          </IconButton>
        </span>
      </header>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard */}
      <article key={receipt.id} aria-label={t("item")} tabIndex={0} className="min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2">
        <Body item={item} />
      </article>
      <MayReview>
        <footer className="max-h-[75%] shrink-0 overflow-y-auto border-t border-line bg-sunken">
          <div className="mx-auto max-w-180 px-6 py-3 max-md:px-4">
            <Verdict receipt={receipt} item={item} keys said={said} again={again}>
              <Button variant="ghost" onClick={next} className="ms-auto">
                {t("skip")}
                <Kbd keys="j" className="touch:hidden max-md:hidden" />
              </Button>
            </Verdict>
          </div>
        </footer>
      </MayReview>
    </>
  );
}

/** Why this draft is in the queue. */
export function Why({ unsure }: { unsure: boolean }) {
  const t = texts.use();
  return (
    <Tooltip text={t(unsure ? "unsure.why" : "audit.why")}>
      <Badge tone={unsure ? "warning" : "info"}>{t(unsure ? "unsure" : "audit")}</Badge>
    </Tooltip>
  );
}

function Body({ item: { receipt } }: { item: ToReview }) {
  const t = texts.use();
  const i = inbox.use();
  const quoted = receipt.passages.filter((passage) => passage.quoted);
  const others = receipt.passages.filter((passage) => !passage.quoted);
  return (
    <div className="mx-auto flex max-w-180 flex-col gap-6 px-6 py-6 max-md:px-4">
      <Part title={t("question")}>
        <p dir="auto" className="text-lg font-medium wrap-anywhere whitespace-pre-wrap">
          {receipt.question}
        </p>
      </Part>
      <Part title={t(receipt.outcome === "answered" ? "answer" : "draft")}>
        <div className="rounded-md bg-ai-soft px-3.5 py-2.5">
          <Markdown text={receipt.draft} />
        </div>
      </Part>
      {receipt.confidence !== null && (
        <div className="text-sm">
          <Confidence value={receipt.confidence} threshold={receipt.threshold} />
        </div>
      )}
      <Part title={t("sources")}>
        {quoted.length ? <Passages>{quoted.map((passage, index) => <Passage key={index} passage={passage} />)}</Passages> : <p className="text-sm text-muted">{t("sources.none")}</p>}
        {others.length > 0 && (
          <Folded title={t("others", { count: others.length })}>
            <Passages>
              {others.map((passage, index) => (
                <Passage key={index} passage={passage} />
              ))}
            </Passages>
          </Folded>
        )}
      </Part>
      <div>
        {Object.keys(receipt.signals).length > 0 && (
          <Folded title={i("receipt.signals")}>
            <Signals signals={receipt.signals} />
          </Folded>
        )}
        <p className="mt-3 text-xs text-faint">{i("receipt.model", { model: receipt.model, ms: receipt.latency_ms })}</p>
      </div>
    </div>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section>
    <h2 className="mb-1.5 text-xs font-semibold text-muted">{title}</h2>
    {children}
  </section>
);

const Passages = ({ children }: { children: ReactNode }) => <ul className="flex flex-col gap-2 text-sm">{children}</ul>;

const Folded = ({ title, children }: { title: string; children: ReactNode }) => (
  <details className="group mt-2">
    <summary className="flex w-fit items-center gap-1 rounded-xs py-1 text-sm text-muted select-none hover:text-ink touch:py-2 [&::-webkit-details-marker]:hidden">
      <ChevronDown className="size-4 transition-transform not-group-open:-rotate-90 rtl:not-group-open:rotate-90" aria-hidden />
      {title}
    </summary>
    <div className="mt-1.5">{children}</div>
  </details>
);

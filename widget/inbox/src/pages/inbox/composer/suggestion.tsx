import type { ConversationView, Suggestion } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Kbd } from "#ui/kbd.tsx";
import { Markdown } from "#ui/markdown.tsx";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "#ui/menu.tsx";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { BookOpen, ChevronDown, ChevronUp, CornerDownLeft, RotateCcw, SendHorizontal, Sparkles, TriangleAlert, X } from "lucide-react";
import { useState } from "react";
import { useActions } from "../../../actions/registry.ts";
import { post } from "../../../data/outbox.ts";
import { useLocale } from "../../../i18n/locale.ts";
import { useIsRole } from "../../../session/session.ts";
import { useStore } from "../../../use-store.ts";
import { texts } from "../texts.ts";
import { reasonText } from "../thread/reasons.ts";
import { ask } from "./copilot.ts";
import { done, finish, insertSuggestion, reject, suggestionQuery } from "./suggestion.ts";

const rejections = ["wrong", "incomplete", "outdated", "tone", "should_hand_over", "other"] as const;

interface SuggestedProps {
  conversation: ConversationView;
  seenSeq: number;
}

/** What the AI agent would have answered, for people to send, change or refuse. */
export function Suggested({ conversation, seenSeq }: SuggestedProps) {
  const { data } = useQuery({ ...suggestionQuery(conversation.id), enabled: conversation.handler === "human" });
  const isDone = useStore(done).has(data?.receipt.id ?? 0);
  const isOver = conversation.handler !== "human" || conversation.status === "resolved";
  return data && !isDone && !isOver ? <Card key={data.receipt.id} suggestion={data} conversation={conversation} seenSeq={seenSeq} /> : null;
}

function Card({ suggestion, conversation, seenSeq }: SuggestedProps & { suggestion: Suggestion }) {
  const t = texts.use();
  const percent = new Intl.NumberFormat(useLocale(), { style: "percent", maximumFractionDigits: 0 });
  const mayReview = useIsRole("admin", "agent") && suggestion.reviewable;
  const [isOpen, setOpen] = useState(true);
  const { id } = conversation;
  const { text, receipt, article_changed: isStale } = suggestion;
  const sources = receipt.passages.filter(({ quoted }) => quoted);

  const insert = (): void => insertSuggestion(id, suggestion);
  const send = (): void => {
    post(id, { mode: "reply", content: text, files: [], expected_seq: seenSeq || conversation.last_seq, decision: receipt.id });
    finish(receipt.id);
  };
  const draftAgain = (): void => {
    finish(receipt.id);
    void ask(id, { kind: "draft", text: "" });
  };
  useActions(
    () => [
      { name: "suggestion.insert", label: () => texts.t("suggestion.insert"), keywords: () => texts.t("suggestion"), group: "conversation", icon: CornerDownLeft, shortcut: "y", when: () => !isStale, perform: insert },
      { name: "suggestion.send", label: () => texts.t("suggestion.send"), keywords: () => texts.t("suggestion"), group: "conversation", icon: SendHorizontal, shortcut: "shift+y", when: () => !isStale, perform: send },
    ],
    // What they do depends on the suggestion, and on what was seen.
    [suggestion, seenSeq],
  );

  return (
    <section aria-label={t("suggestion")} className="mx-3 mb-2 rounded-md border border-ai bg-ai-soft py-2 ps-3 pe-2 text-sm max-md:mx-2" data-suggestion="">
      <p role="status" className="sr-only">
        {t("suggestion.new")}
      </p>
      <div className="flex items-center gap-2">
        <Sparkles className="size-4 shrink-0 text-ai" aria-hidden />
        <h3 className="min-w-0 flex-1 truncate text-xs text-muted">
          <span className="font-semibold text-ai">{t("suggestion")}</span>
          {receipt.confidence !== null && ` · ${t("suggestion.sure", { confidence: percent.format(receipt.confidence) })}`}
          {" · "}
          {t("suggestion.why", { reason: reasonText(receipt.reason) })}
        </h3>
        <IconButton label={t(isOpen ? "suggestion.hide" : "suggestion.show")} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? <ChevronDown aria-hidden /> : <ChevronUp aria-hidden />}
        </IconButton>
      </div>
      {isOpen && (
        <>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard */}
          <div dir="auto" role="region" aria-label={t("suggestion.text")} tabIndex={0} className="mt-1 max-h-[22dvh] overflow-y-auto pe-1 max-md:max-h-[14dvh]">
            <Markdown text={text} />
          </div>
          {isStale && (
            <p role="status" className="mt-1.5 flex items-center gap-1.5 text-xs text-danger">
              <TriangleAlert className="size-3.5 shrink-0" aria-hidden />
              {t("suggestion.changed")}
            </p>
          )}
          {sources.length > 0 && (
            <p className="mt-1.5 flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
              <BookOpen className="size-3.5 shrink-0" aria-hidden />
              <span className="sr-only">{t("suggestion.sources")}</span>
              {sources.map((source, index) => (
                <Link key={index} to="/knowledge" search={{ article: source.article_id }} className="max-w-full truncate underline underline-offset-2 touch:py-1.5">
                  <bdi>{source.heading ? `${source.title} · ${source.heading}` : source.title}</bdi>
                </Link>
              ))}
            </p>
          )}
          <div className="mt-2 flex flex-wrap items-center gap-2">
            {isStale ? (
              <Button size="sm" onClick={draftAgain}>
                <RotateCcw aria-hidden />
                {t("suggestion.again")}
              </Button>
            ) : (
              <>
                <Button size="sm" onClick={insert}>
                  <CornerDownLeft aria-hidden />
                  {t("suggestion.insert")}
                  <Kbd keys="y" className="touch:hidden max-md:hidden" />
                </Button>
                <Button size="sm" onClick={send}>
                  <SendHorizontal className="rtl:-scale-x-100" aria-hidden />
                  {t("suggestion.send")}
                </Button>
              </>
            )}
            {mayReview ? (
              <Menu>
                <MenuTrigger asChild>
                  <Button size="sm" variant="ghost" className="ms-auto">
                    <X aria-hidden />
                    {t("suggestion.reject")}
                  </Button>
                </MenuTrigger>
                <MenuContent side="top" align="end" aria-label={t("suggestion.reject.why")} aria-labelledby={undefined}>
                  {rejections.map((reason) => (
                    <MenuItem key={reason} onSelect={() => reject(receipt, reason)}>
                      {t(`reject.${reason}`)}
                    </MenuItem>
                  ))}
                </MenuContent>
              </Menu>
            ) : (
              <Button size="sm" variant="ghost" className="ms-auto" onClick={() => finish(receipt.id)}>
                <X aria-hidden />
                {t("suggestion.dismiss")}
              </Button>
            )}
          </div>
        </>
      )}
    </section>
  );
}

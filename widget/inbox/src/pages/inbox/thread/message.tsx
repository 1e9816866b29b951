import { clock, full } from "#shared/time.ts";
import type { MessageMailView, MessageView, Source } from "#shared/wire.ts";
import { Avatar } from "#ui/avatar.tsx";
import { cn } from "#ui/cn.ts";
import { Markdown } from "#ui/markdown.tsx";
import { Popover, PopoverContent, PopoverTrigger } from "#ui/popover.tsx";
import { Link } from "@tanstack/react-router";
import { Lock, ReceiptText } from "lucide-react";
import { memo, useCallback, type ReactNode } from "react";
import { app } from "../../../i18n/app.ts";
import { useLocale } from "../../../i18n/locale.ts";
import { forwarding } from "../forward/forwarding.ts";
import { texts } from "../texts.ts";
import { undo } from "../undo.ts";
import { Files } from "./files.tsx";
import { Fold, mayBeLong } from "./fold.tsx";
import { MailLine } from "./mail.tsx";

export type Look = "contact" | "user" | "ai" | "note";

export const bubbleClass: Record<Look, string> = {
  contact: "bg-hover",
  user: "bg-accent-soft",
  ai: "bg-ai-soft",
  note: "border border-note-line bg-note",
};

interface MessageProps {
  message: MessageView;
  first: boolean;
  contactName: string;
  contactSeed: number;
  seen: boolean;
  /** What it was as a mail, if it was one. */
  mail: MessageMailView | undefined;
  /** Written by whoever is signed in. */
  isMine: boolean;
  showReceipt: (decision: number) => void;
  showMail: (message: number) => void;
  /** Its conversation goes by mail: it can be forwarded, and one's own taken back. */
  isMail: boolean;
  /** Something in it changes its height: what is read stays in its place. */
  hold: () => void;
}

export const Message = memo(function Message({ message, first, contactName, contactSeed, seen, mail, isMine, showReceipt, showMail, isMail, hold }: MessageProps) {
  const t = texts.use();
  const shell = app.use();
  const { sender_type: sender, sources, decision_id } = message;
  const look: Look = message.is_internal ? "note" : sender;
  const name = sender === "contact" ? contactName : sender === "ai" ? shell("ai-agent") : message.sender_name;
  const cite = useCallback((number: number) => <Cite number={number} sources={sources} />, [sources]);
  return (
    <Bubble
      look={look}
      first={first}
      name={name}
      avatar={<Avatar name={name} seed={sender === "contact" ? contactSeed : (message.sender_id ?? name)} kind={sender === "ai" ? "ai" : "person"} size="sm" />}
      at={message.created_at}
      label={t(look === "note" ? "message.note.by" : "message.by", { name })}
      below={
        <>
          {sources.length > 0 && <Sources sources={sources} />}
          {mail && <MailLine mail={mail} open={showMail} undo={isMail && isMine ? () => void undo(message) : undefined} forward={isMail && look !== "note" ? () => forwarding.set(message.id) : undefined} />}
          {(seen || decision_id !== null) && (
            <p className="flex items-center gap-3 px-1 text-xs text-faint">
              {decision_id !== null && (
                <button type="button" onClick={() => showReceipt(decision_id)} className="inline-flex items-center gap-1 rounded-xs hover:text-ink touch:py-1.5 [&_svg]:size-3.5">
                  <ReceiptText aria-hidden />
                  {t("receipt.open")}
                </button>
              )}
              {seen && <span>{t("message.seen")}</span>}
            </p>
          )}
        </>
      }
    >
      {message.content &&
        (mayBeLong(message.content) ? (
          <Fold beforeChange={hold}>
            <Markdown text={message.content} cite={cite} />
          </Fold>
        ) : (
          <Markdown text={message.content} cite={cite} />
        ))}
      {message.files && message.files.length > 0 && <Files files={message.files} />}
    </Bubble>
  );
});

interface BubbleProps {
  look: Look;
  first: boolean;
  name: string;
  avatar: ReactNode;
  at: string | number;
  /** Read aloud before the text. */
  label: string;
  below?: ReactNode;
  faded?: boolean;
  children: ReactNode;
}

/** Customers at the start, staff and AI agent at the end. */
export function Bubble({ look, first, name, avatar, at, label, below, faded = false, children }: BubbleProps) {
  const locale = useLocale();
  const t = texts.use();
  const atStart = look === "contact";
  return (
    <article aria-label={label} data-look={look} className={cn("group flex gap-2.5", !atStart && "flex-row-reverse", first ? "pt-4" : "pt-1")}>
      <span className="w-6 shrink-0 pt-6">{first && avatar}</span>
      <div className={cn("flex max-w-[min(36rem,85%)] min-w-0 flex-col gap-1", atStart ? "items-start" : "items-end")}>
        {first && (
          <p className={cn("flex h-5 max-w-full items-center gap-1.5 px-1 text-xs", !atStart && "flex-row-reverse")} aria-hidden>
            <span className={cn("truncate font-medium", look === "ai" ? "text-ai" : "text-muted")}>{name}</span>
            {look === "note" && (
              <span className="inline-flex shrink-0 items-center gap-1 text-warning">
                <Lock className="size-3" />
                {t("message.note")}
              </span>
            )}
            <time className="shrink-0 text-faint">{clock(at, locale)}</time>
          </p>
        )}
        <div className={cn("flex max-w-full flex-col gap-2 rounded-md px-3 py-2 text-base", bubbleClass[look], faded && "opacity-70")} title={full(at, locale)}>
          {children}
        </div>
        {below}
      </div>
    </article>
  );
}

function Cite({ number, sources }: { number: number; sources: readonly Source[] }) {
  const source = sources.find((each) => each.number === number);
  if (!source) return null;
  return (
    <SourcePopover source={source}>
      <button type="button" className="mx-0.5 inline-flex h-4 min-w-4 items-center justify-center rounded-xs bg-pane px-1 align-[1px] text-[11px] leading-none font-semibold text-ai tabular-nums">
        {number}
      </button>
    </SourcePopover>
  );
}

function Sources({ sources }: { sources: readonly Source[] }) {
  const t = texts.use();
  return (
    <ul aria-label={t("sources")} className="flex flex-wrap justify-end gap-1">
      {sources.map((source) => (
        <li key={source.number} className="min-w-0">
          <SourcePopover source={source}>
            <button
              type="button"
              className="inline-flex h-6 max-w-60 items-center gap-1.5 rounded-xs border border-line bg-pane px-1.5 text-xs text-muted transition-colors hover:bg-hover hover:text-ink touch:h-9"
            >
              <span className="font-semibold text-ai tabular-nums">{source.number}</span>
              <span className="truncate">{source.title}</span>
            </button>
          </SourcePopover>
        </li>
      ))}
    </ul>
  );
}

function SourcePopover({ source, children }: { source: Source; children: ReactNode }) {
  const t = texts.use();
  return (
    <Popover>
      <PopoverTrigger asChild>{children}</PopoverTrigger>
      <PopoverContent aria-label={t("source", { title: source.title })} align="end" className="w-80">
        <p className="font-medium">{source.title}</p>
        <blockquote dir="auto" className="mt-2 border-s-2 border-ai ps-3 text-muted">
          {source.quote}
        </blockquote>
        <Link to="/knowledge" search={{ q: source.title }} className="mt-2 inline-block text-accent-text underline underline-offset-2">
          {t("source.open")}
        </Link>
      </PopoverContent>
    </Popover>
  );
}

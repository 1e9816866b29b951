import type { ConversationView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { cn } from "#ui/cn.ts";
import { IconButton } from "#ui/icon-button.tsx";
import { Kbd } from "#ui/kbd.tsx";
import { toast } from "#ui/toast.tsx";
import { Lock, MessageSquare, Paperclip, SendHorizontal, Sparkles } from "lucide-react";
import { Tabs } from "radix-ui";
import { Suspense, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type ClipboardEvent, type DragEvent, type ReactNode } from "react";
import { useActions } from "../../../actions/registry.ts";
import { post, type Mode } from "../../../data/outbox.ts";
import { app } from "../../../i18n/app.ts";
import { later } from "../../../later.tsx";
import { socket } from "../../../live/connect.ts";
import { useStore } from "../../../use-store.ts";
import { takeOver } from "../changes.ts";
import { texts } from "../texts.ts";
import { StaffTyping } from "../thread/typing.tsx";
import { Attachments } from "./attachments.tsx";
import { CopilotMenu } from "./copilot-menu.tsx";
import { asked, mayGo, sentAway } from "./copilot.ts";
import { clearDraft, draftOf, putDraft } from "./drafts.ts";
import { SendGuard } from "./guard.tsx";
import { focusCalls, mode as modes } from "./mode.ts";
import { mayLeave } from "./leaving.ts";
import { Proposed } from "./proposed.tsx";
import { Recipients } from "./recipients.tsx";
import { Suggested } from "./suggestion.tsx";
import { finish } from "./suggestion.ts";
import { addFiles, FILES_MAX, uploadsOf } from "./uploads.ts";
import { Unmailed } from "./unmailed.tsx";
import { Working } from "./working.tsx";

const CopilotPanel = later(() => import("./copilot-panel.tsx"));

const CONTENT_MAX = 10_000;
const CLOSE = 500; // characters left from which on they are told

/** As the server counts: without what stands around it, and an emoji once. */
function lengthOf(text: string): number {
  const sent = text.trim();
  return sent.length < CONTENT_MAX - CLOSE ? sent.length : [...sent].length;
}

interface ComposerProps {
  conversation: ConversationView;
  /** The newest message that this agent has seen. */
  seenSeq: number;
}

export function Composer({ conversation, seenSeq }: ComposerProps) {
  const t = texts.use();
  const { id, status } = conversation;
  if (status === "closed") {
    return <p className="border-t border-line bg-sunken px-4 py-3 text-center text-sm text-muted">{t("composer.closed")}</p>;
  }
  return (
    <footer className="shrink-0 pb-3 max-md:pb-2">
      <StaffTyping conversation={id} />
      <Working conversation={conversation} />
      <Proposed conversation={conversation} />
      <Suggested conversation={conversation} seenSeq={seenSeq} />
      <SendGuard conversation={conversation} />
      {conversation.handler === "ai" && (
        <Bar>
          <Sparkles className="size-4 shrink-0" aria-hidden />
          <span className="min-w-0 flex-1">{t("composer.ai")}</span>
          <Button size="sm" onClick={() => void takeOver(id)}>
            {t("action.take-over")}
            <Kbd keys="t" className="touch:hidden" />
          </Button>
        </Bar>
      )}
      <Copilot conversation={conversation} />
      <Editor conversation={conversation} seenSeq={seenSeq} />
    </footer>
  );
}

/** What the copilot was asked for here. */
function Copilot({ conversation }: { conversation: ConversationView }) {
  const current = useStore(asked).get(conversation.id);
  return <Suspense>{current && <CopilotPanel key={current.number} conversation={conversation} asked={current} />}</Suspense>;
}

const Bar = ({ children }: { children: ReactNode }) => (
  <div className="mx-3 mb-2 flex items-center gap-2 rounded-md bg-ai-soft py-1.5 ps-3 pe-1.5 text-sm text-ai">{children}</div>
);

function Editor({ conversation, seenSeq }: ComposerProps) {
  const t = texts.use();
  const { id } = conversation;
  const mode = useStore(modes);
  const draft = useStore(useMemo(() => draftOf(id, mode), [id, mode]));
  const uploads = useStore(useMemo(() => uploadsOf(id, mode), [id, mode]));
  const calls = useStore(focusCalls);
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);

  const isBusy = uploads.some(({ error }) => error === undefined);
  const isEmpty = !draft.text.trim() && draft.files.length === 0;
  const left = CONTENT_MAX - lengthOf(draft.text);
  const isMail = conversation.channel === "email";
  const isToNobody = isMail && mode === "reply" && draft.whom?.to.length === 0;
  const canSend = !isEmpty && !isBusy && left >= 0 && !isToNobody;

  // Another conversation starts with a reply, unless a note was begun there.
  useLayoutEffect(() => {
    const isNote = draftOf(id, "note").get().text !== "" && draftOf(id, "reply").get().text === "";
    modes.set(isNote ? "note" : "reply");
  }, [id]);

  // Only the calls since this conversation was opened.
  const answered = useRef(calls);
  useEffect(() => {
    if (calls === answered.current) return;
    answered.current = calls;
    field.current?.focus();
  }, [calls]);

  // Leaving: nobody waits for what is not being written any more.
  useEffect(() => () => void (socket.typing(id, false, false), socket.typing(id, false, true)), [id]);

  const setText = (text: string): void => {
    putDraft(id, mode, { ...draft, text });
    socket.typing(id, text.trim() !== "", mode === "note");
  };

  const send = useCallback(async (): Promise<void> => {
    const isReply = mode === "reply";
    if (!canSend || (isReply && !(await mayGo(id, draft.text))) || (isReply && isMail && !(await mayLeave(id, draft)))) return;
    post(id, { mode, content: draft.text.trim(), files: draft.files, expected_seq: isReply ? seenSeq || conversation.last_seq : null, decision: isReply ? draft.decision : undefined, whom: isReply && isMail ? draft.whom : undefined });
    if (isReply) {
      if (draft.decision !== undefined) finish(draft.decision);
      sentAway(id);
    }
    clearDraft(id, mode);
    socket.typing(id, false, mode === "note");
    field.current?.focus();
  }, [canSend, id, mode, isMail, draft, seenSeq, conversation.last_seq]);

  useActions(
    () => [{ name: "composer.send", label: () => texts.t("action.send"), group: "conversation", icon: SendHorizontal, shortcut: "mod+enter", when: () => canSend, perform: send }],
    [send, canSend],
  );

  const take = (files: readonly File[]): void => {
    if (files.length === 0) return;
    if (files.length + draft.files.length + uploads.length > FILES_MAX) toast({ tone: "warning", title: t("files.many", { count: FILES_MAX }), key: "files" });
    addFiles(id, mode, files);
  };
  const onPaste = (event: ClipboardEvent): void => {
    const files = [...event.clipboardData.files];
    if (files.length === 0) return;
    event.preventDefault();
    take(files);
  };
  const onDrag = (event: DragEvent, over: boolean): void => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    setOver(over);
  };
  const onDrop = (event: DragEvent): void => {
    onDrag(event, false);
    take([...event.dataTransfer.files]);
  };

  return (
    <Tabs.Root
      value={mode}
      onValueChange={(next) => modes.set(next as Mode)}
      onDragEnter={(event) => onDrag(event, true)}
      onDragOver={(event) => onDrag(event, true)}
      onDragLeave={(event) => onDrag(event, false)}
      onDrop={onDrop}
      data-composer={mode}
      className={cn(
        "relative mx-3 flex flex-col rounded-md border transition-colors focus-within:border-line-control max-md:mx-2",
        mode === "note" ? "border-note-line bg-note" : "border-line-strong bg-pane",
        isOver && "border-accent-text",
      )}
    >
      <Tabs.List aria-label={t("composer.kind")} className="flex gap-1 px-2 pt-1.5">
        <ModeTab value="reply" icon={<MessageSquare aria-hidden />} shortcut="r">
          {t("composer.reply")}
        </ModeTab>
        <ModeTab value="note" icon={<Lock aria-hidden />} shortcut="n">
          {t("composer.note")}
        </ModeTab>
      </Tabs.List>
      <Tabs.Content value={mode} tabIndex={-1} className="outline-none">
        {isMail && mode === "reply" && <Recipients conversation={conversation} />}
        {conversation.channel === "chat" && mode === "reply" && <Unmailed key={id} conversation={conversation} />}
        <textarea
          ref={field}
          dir="auto"
          value={draft.text}
          onChange={(event) => setText(event.target.value)}
          onPaste={onPaste}
          onBlur={() => socket.typing(id, false, mode === "note")}
          onKeyDown={(event) => {
            if (event.key === "Escape") event.currentTarget.blur();
          }}
          aria-invalid={left < 0}
          aria-label={t(mode === "note" ? "composer.note.label" : "composer.reply.label")}
          placeholder={t(mode === "note" ? "composer.note.placeholder" : "composer.reply.placeholder")}
          rows={2}
          className="field-sizing-content block max-h-[40dvh] min-h-15 w-full resize-none bg-transparent px-3 py-2 text-base outline-none"
        />
        <Attachments files={draft.files} uploads={uploads} remove={(file) => putDraft(id, mode, { ...draft, files: draft.files.filter((each) => each !== file) })} />
        <div className="flex items-center gap-1 px-1.5 pb-1.5">
          <IconButton label={t("files.add")} onClick={() => picker.current?.click()}>
            <Paperclip aria-hidden />
          </IconButton>
          {mode === "reply" && <CopilotMenu conversation={conversation} />}
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            aria-hidden
            tabIndex={-1}
            onChange={(event) => {
              take([...(event.target.files ?? [])]);
              event.target.value = "";
            }}
          />
          <p role="status" className={cn("ms-auto px-2 text-xs tabular-nums", left < 0 ? "text-danger" : "text-faint")}>
            {left < 0 ? t("composer.over", { count: -left }) : left < CLOSE && t("composer.left", { count: left })}
          </p>
          <Button variant="primary" onClick={() => void send()} disabled={!canSend} className={cn(mode === "note" && "bg-warning text-pane enabled:hover:bg-warning enabled:hover:brightness-95")}>
            {t(mode === "note" ? "composer.note.send" : "composer.reply.send")}
            <Kbd keys="mod+enter" className="touch:hidden [&_kbd]:border-transparent [&_kbd]:bg-[rgb(0_0_0/0.16)] [&_kbd]:text-current" />
          </Button>
        </div>
      </Tabs.Content>
      {isOver && <Drop />}
    </Tabs.Root>
  );
}

function Drop() {
  const t = texts.use();
  return <div className="pointer-events-none absolute inset-0 flex items-center justify-center rounded-md bg-accent-soft text-sm font-medium text-accent-text">{t("files.drop")}</div>;
}

function ModeTab({ value, icon, shortcut, children }: { value: Mode; icon: ReactNode; shortcut: string; children: ReactNode }) {
  const t = app.use();
  return (
    <Tabs.Trigger
      value={value}
      aria-keyshortcuts={shortcut}
      title={`${t("shortcuts.key", { key: shortcut.toUpperCase() })}`}
      className="inline-flex h-7 items-center gap-1.5 rounded-sm px-2 text-xs font-medium text-muted transition-colors hover:text-ink touch:h-9 data-[state=active]:bg-hover data-[state=active]:text-ink [&_svg]:size-3.5"
    >
      {icon}
      {children}
    </Tabs.Trigger>
  );
}

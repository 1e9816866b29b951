import { store } from "#shared/store.ts";
import type { ConversationView, MessageView, TakenBack } from "#shared/wire.ts";
import { toast } from "#ui/toast.tsx";
import { Undo2 } from "lucide-react";
import { api } from "../../api/client.ts";
import { isProblem } from "../../api/problem.ts";
import { useActions } from "../../actions/registry.ts";
import { mailPreferenceQuery } from "../../data/mail-preference.ts";
import { sent } from "../../data/outbox.ts";
import { queries } from "../../data/queries.ts";
import { app } from "../../i18n/app.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { putConversation, replaceInThread } from "../../live/conversations.ts";
import { draftOf, putDraft } from "./composer/drafts.ts";
import { write } from "./composer/mode.ts";
import { draftKey, forwarding } from "./forward/forwarding.ts";
import { texts } from "./texts.ts";

/** Taking back a mail that has not left: from the toast, from the message, and by key. */

interface Offer {
  message: MessageView;
  /** Takes the toast away. */
  close: () => void;
}

const offers = store<readonly Offer[]>([]);
const forget = (id: number): void => {
  for (const offer of offers.get()) if (offer.message.id === id) offer.close();
  offers.set(offers.get().filter(({ message }) => message.id !== id));
};

const isMail = (conversation: ConversationView, message: MessageView): boolean => conversation.channel === "email" && !message.is_internal;

/** The AI agent's decision whose suggestion a mail of this tab began as: what is sent of it after all is its review again. */
const began = new Map<number, number>();

/** A mail was written: its writer may take it back as long as they have set. */
export async function offer(message: MessageView): Promise<void> {
  const { undo_s } = await queries.fetchQuery(mailPreferenceQuery);
  if (undo_s === 0) return;
  const lasts_ms = undo_s * 1000;
  const close = toast({ title: texts.t("undo.title", { count: undo_s }), key: `undo ${message.id}`, lasts_ms, action: { label: app.t("undo"), perform: () => undo(message) } });
  offers.set([...offers.get(), { message, close }]);
  setTimeout(() => forget(message.id), lasts_ms);
}

sent.set((conversation, message, decision) => {
  if (!isMail(conversation, message)) return;
  if (decision !== undefined) began.set(message.id, decision);
  void offer(message).catch(() => undefined); // not offered here: the message itself still does
});

/** What was taken back, and below it what was begun since. */
const above = (taken: string, begun: string): string => (taken === begun ? taken : [taken, begun].filter(Boolean).join("\n\n"));

/** What was written is a draft again: of a forward where that is written, of a reply in the composer. */
function restore(message: MessageView, { forwards_id, comment = "", enclosed, recipients }: TakenBack): void {
  const { conversation_id } = message;
  const isInSight = location.pathname.endsWith(`/inbox/${conversation_id}`);
  if (typeof forwards_id === "number") {
    const { text } = draftOf(draftKey(forwards_id), "note").get();
    const said = comment || message.content.split("\n\n").slice(1).join("\n\n"); // an answer that was lost told it, and is not told again
    putDraft(draftKey(forwards_id), "note", { text: above(said, text), files: [], whom: recipients ?? undefined, enclosed });
    if (isInSight) forwarding.set(forwards_id);
    return;
  }
  const draft = draftOf(conversation_id, "reply").get();
  putDraft(conversation_id, "reply", {
    ...draft,
    text: above(message.content, draft.text),
    files: [...(message.files ?? []), ...draft.files],
    decision: began.get(message.id) ?? draft.decision,
    whom: recipients ?? draft.whom,
  });
  if (isInSight) write("reply");
}

/** Takes a mail back: what was written can be sent after all. */
export async function undo(message: MessageView): Promise<void> {
  const { conversation_id } = message;
  forget(message.id);
  try {
    const taken = await api.post("/api/messages/{message_id}/undo", { path: { message_id: message.id } });
    putConversation(taken.conversation);
    replaceInThread(conversation_id, { ...message, content: "", files: [], is_internal: true });
    restore(message, taken);
    toast({ tone: "success", title: texts.t("undo.done"), text: texts.t(message.is_internal ? "undo.done.forward" : "undo.done.text"), key: `undo ${message.id}` });
  } catch (error) {
    const isLate = isProblem(error, "already_sent");
    toast({ tone: isLate ? "warning" : "error", title: texts.t(isLate ? "undo.late" : "undo.failed"), text: isLate ? texts.t("undo.late.text") : problemText(error), key: `undo ${message.id}` });
  }
}

/** The key takes back what was sent last. */
export const useUndo = (): void =>
  useActions(
    () => [
      {
        name: "mail.undo",
        label: () => texts.t("undo.action"),
        group: "conversation",
        icon: Undo2,
        shortcut: "z",
        when: () => offers.get().length > 0,
        perform: () => undo(offers.get().at(-1)!.message),
      },
    ],
    [],
  );

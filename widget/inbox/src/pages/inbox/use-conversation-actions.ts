import type { ConversationView } from "#shared/wire.ts";
import { AlarmClock, AlarmClockOff, Archive, Check, CircleUserRound, Flag, MessageSquare, RotateCcw, Sparkles, StickyNote, Tag, UserRoundCheck, UserRoundPlus, X } from "lucide-react";
import { useActions, type Action } from "../../actions/registry.ts";
import { isSnoozed } from "../../data/filters.ts";
import { me } from "../../session/session.ts";
import { assign, handBack, reopen, resolve, takeOver, wake } from "./changes.ts";
import { closeForGood } from "./close-for-good.ts";
import { write } from "./composer/mode.ts";
import { picker } from "./pickers/picker.ts";
import { texts } from "./texts.ts";
import { useFinish } from "./use-finish.ts";
import { useInbox } from "./use-inbox.ts";

/** What keys and palette can do to the open conversation. */
export function useConversationActions(conversation: ConversationView | undefined, close: () => void): void {
  const { t } = texts;
  const finish = useFinish();
  const { filters } = useInbox();
  const snoozed = conversation !== undefined && isSnoozed(conversation);
  useActions(() => {
    if (!conversation) return [];
    const { id, status, handler, assignee_id } = conversation;
    const isOver = status === "resolved" || status === "closed";
    const group = "conversation" as const;
    const all: Action[] = [
      { name: "conversation.reply", label: () => t("action.reply"), group, icon: MessageSquare, shortcut: "r", when: () => status !== "closed", perform: () => write("reply") },
      { name: "conversation.note", label: () => t("action.note"), group, icon: StickyNote, shortcut: "n", when: () => status !== "closed", perform: () => write("note") },
      { name: "conversation.resolve", label: () => t("action.resolve"), group, icon: Check, shortcut: "e", when: () => !isOver, perform: () => finish(id, resolve) },
      { name: "conversation.reopen", label: () => t("action.reopen"), group, icon: RotateCcw, shortcut: "shift+e", when: () => status === "resolved" || status === "pending", perform: () => reopen(id) },
      { name: "conversation.snooze", label: () => t("action.snooze"), group, icon: AlarmClock, shortcut: "h", when: () => !isOver, perform: () => picker.set("snooze") },
      { name: "conversation.wake", label: () => t("action.wake"), group, icon: AlarmClockOff, when: () => snoozed, perform: () => wake(id) },
      { name: "conversation.assign", label: () => t("action.assign"), group, icon: UserRoundPlus, shortcut: "a", perform: () => picker.set("assign") },
      { name: "conversation.assign-me", label: () => t("action.assign-me"), group, icon: UserRoundCheck, shortcut: "i", when: () => assignee_id !== me().user_id, perform: () => assign(id, { assignee_id: me().user_id }) },
      { name: "conversation.tag", label: () => t("action.tag"), group, icon: Tag, shortcut: "l", perform: () => picker.set("tags") },
      { name: "conversation.priority", label: () => t("action.priority"), group, icon: Flag, shortcut: "p", perform: () => picker.set("priority") },
      { name: "conversation.take-over", label: () => t("action.take-over"), group, icon: CircleUserRound, shortcut: "t", when: () => handler === "ai" && status !== "closed", perform: () => takeOver(id) },
      { name: "conversation.hand-back", label: () => t("action.hand-back"), group, icon: Sparkles, when: () => handler === "human" && status !== "closed", perform: () => handBack(id) },
      { name: "conversation.close", label: () => t("action.close"), group, icon: Archive, when: () => status !== "closed", perform: () => finish(id, closeForGood) },
      { name: "conversation.leave", label: () => t("action.leave"), group, icon: X, shortcut: "escape", perform: close },
    ];
    return all;
    // `close` and `finish` are made anew each time; what they do differs with the filters alone.
  }, [conversation, snoozed, filters]);
}

import { isBoolean, load, save } from "#shared/storage.ts";
import { store } from "#shared/store.ts";
import type { ConversationView, ServerEvent } from "#shared/wire.ts";
import { plainLine } from "#ui/plain-line.ts";
import { findConversation } from "../data/conversations.ts";
import { app } from "../i18n/app.ts";
import { currentSession } from "../session/session.ts";
import { chime } from "./sound.ts";

/** Desktop notifications and sound: off until a click allowed them, and one tab speaks for all. */

export const sound = store(load("notify.sound", false, isBoolean));
export const desktop = store(load("notify.desktop", false, isBoolean));

export function setSound(on: boolean): void {
  save("notify.sound", on);
  sound.set(on);
  if (on) chime();
}

export const canNotify = (): boolean => "Notification" in globalThis;
export const isBlocked = (): boolean => canNotify() && Notification.permission === "denied";

/** From a click alone: browsers ask their question then. */
export async function setDesktop(on: boolean): Promise<void> {
  const allowed = on && canNotify() && (await Notification.requestPermission()) === "granted";
  save("notify.desktop", allowed);
  desktop.set(allowed);
}

/** Where a click on a notification leads; the router fills it in. */
export const openConversation = store<(id: number) => void>(() => {});

/** What a member of staff is called for: a customer wrote in a conversation of his, or of nobody; or the AI agent hands one over. */
function calls(event: ServerEvent, userId: number): ConversationView | undefined {
  if (event.type === "message.created") {
    const { conversation, message } = event;
    return message.sender_type === "contact" && isFor(conversation, userId) && conversation.handler === "human" ? conversation : undefined;
  }
  if (event.type === "conversation.handed_off") return isFor(event.conversation, userId) ? event.conversation : undefined;
  if (event.type === "conversation.assigned") {
    const { conversation, by } = event;
    return conversation.assignee_id === userId && by.id !== userId && event.previous_assignee_id !== userId ? conversation : undefined;
  }
  return undefined;
}

const isFor = (conversation: ConversationView, userId: number): boolean => conversation.assignee_id === userId || conversation.assignee_id === null;

/** Must come before the cache knows the event: what is known already is old news. */
export function announce(event: ServerEvent): void {
  const session = currentSession();
  if (!session || (!sound.get() && !desktop.get())) return;
  const conversation = calls(event, session.me.user_id);
  if (!conversation || document.hasFocus()) return;
  if ((findConversation(conversation.id)?.version ?? 0) >= conversation.version) return;
  if (Date.now() - Date.parse(conversation.last_activity_at) > 60_000) return; // replayed after an absence
  // The first tab to get the lock speaks; it keeps it for a moment, so that the others stay silent.
  const say = (): void => {
    if (sound.get()) chime();
    if (desktop.get() && canNotify() && Notification.permission === "granted") show(conversation);
  };
  if (!("locks" in navigator)) say();
  else {
    const name = `lacasa.notify.${conversation.id}.${conversation.version}`;
    void navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      if (!lock) return;
      say();
      await new Promise((resolve) => setTimeout(resolve, 3000));
    });
  }
}

function show(conversation: ConversationView): void {
  const shown = new Notification(conversation.contact_name || app.t("visitor"), {
    body: plainLine(conversation.preview),
    tag: `lacasa.${conversation.id}`,
    icon: "/app/favicon.svg",
  });
  shown.addEventListener("click", () => {
    window.focus();
    openConversation.get()(conversation.id);
    shown.close();
  });
}

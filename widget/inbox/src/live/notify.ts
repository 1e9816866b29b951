import { isBoolean, load, save } from "#shared/storage.ts";
import { store } from "#shared/store.ts";
import type { ConversationView, ServerEvent } from "#shared/wire.ts";
import { plainLine } from "#ui/plain-line.ts";
import { toast } from "#ui/toast.tsx";
import { findConversation } from "../data/conversations.ts";
import { app } from "../i18n/app.ts";
import { currentSession } from "../session/session.ts";
import { give } from "./given.ts";
import { chime } from "./sound.ts";
import { texts } from "./texts.ts";

/** What calls an agent. Desktop notifications and sound: off until a click allowed them, and one tab speaks for all. */

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

/** What a member of staff is called for: a customer wrote in a conversation of theirs, or of nobody; or the AI agent hands one over. */
function calls(event: ServerEvent, userId: number): ConversationView | undefined {
  if (event.type === "message.created") {
    const { conversation, message } = event;
    return message.sender_type === "contact" && isFor(conversation, userId) && conversation.handler === "human" ? conversation : undefined;
  }
  if (event.type === "conversation.handed_off") return isFor(event.conversation, userId) ? event.conversation : undefined;
  return undefined;
}

const isFor = (conversation: ConversationView, userId: number): boolean => conversation.assignee_id === userId || conversation.assignee_id === null;

/** Who gave it to this agent; nothing for what they took themselves, or had before. */
function giver(event: ServerEvent, userId: number): string | undefined {
  if (event.type !== "conversation.assigned") return undefined;
  const { conversation, by, previous_assignee_id } = event;
  if (conversation.assignee_id !== userId || previous_assignee_id === userId || (by.kind === "user" && by.id === userId)) return undefined;
  return by.kind === "ai" ? app.t("ai-agent") : by.name || app.t("product");
}

const isKnown = ({ id, version }: ConversationView): boolean => (findConversation(id)?.version ?? 0) >= version;
const isLookedAt = (id: number): boolean => document.hasFocus() && location.pathname.endsWith(`/inbox/${id}`);

/** Must come before the cache knows the event: what is known already is old news. */
export function announce(event: ServerEvent): void {
  const session = currentSession();
  if (!session) return;
  const by = giver(event, session.me.user_id);
  if (by !== undefined && event.type === "conversation.assigned") return announceGiven(event.conversation, by);
  const conversation = calls(event, session.me.user_id);
  if (!conversation || isKnown(conversation)) return;
  if (Date.now() - Date.parse(conversation.last_activity_at) > 60_000) return; // replayed after an absence
  alert(conversation, conversation.contact_name || app.t("visitor"), plainLine(conversation.preview));
}

/** It counts as unread until it is looked at, and says so at once, wherever the agent is in the app. */
function announceGiven(conversation: ConversationView, by: string): void {
  const { id } = conversation;
  if (isKnown(conversation) || isLookedAt(id)) return;
  give(id);
  const title = texts.t("given", { by, number: `#${conversation.number}` });
  const text = [conversation.contact_name || app.t("visitor"), plainLine(conversation.subject || conversation.preview)].filter(Boolean).join(": ");
  toast({
    title,
    text,
    key: `given.${id}`,
    action: { label: texts.t("given.open"), perform: () => openConversation.get()(id) },
    ...(document.hasFocus() ? {} : { lasts_ms: 0 }), // it waits for whoever comes back
  });
  alert(conversation, title, text);
}

/** Sound and desktop, as far as they were allowed, while nobody looks. */
function alert(conversation: ConversationView, title: string, body: string): void {
  if ((!sound.get() && !desktop.get()) || document.hasFocus()) return;
  // The first tab to get the lock speaks; it keeps it for a moment, so that the others stay silent.
  const say = (): void => {
    if (sound.get()) chime();
    if (desktop.get() && canNotify() && Notification.permission === "granted") show(conversation.id, title, body);
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

function show(id: number, title: string, body: string): void {
  const shown = new Notification(title, { body, tag: `lacasa.${id}`, icon: "/app/favicon.svg" });
  shown.addEventListener("click", () => {
    window.focus();
    openConversation.get()(id);
    shown.close();
  });
}

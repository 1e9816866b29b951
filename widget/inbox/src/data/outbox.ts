import { clientId } from "#shared/ids.ts";
import { outbox, type Item, type Outbox } from "#shared/outbox.ts";
import { store, type Store } from "#shared/store.ts";
import type { ChosenView, ConversationView, FileView, MessageView, Sent } from "#shared/wire.ts";
import { useMemo } from "react";
import { api } from "../api/client.ts";
import { isProblem } from "../api/problem.ts";
import { putConversation, putInThread } from "../live/conversations.ts";
import { currentSession } from "../session/session.ts";
import { useStore } from "../use-store.ts";

/** What agents wrote and the server has not acknowledged: it survives a reload and is sent in order. */

export type Mode = "reply" | "note";

export interface Written {
  mode: Mode;
  content: string;
  files: FileView[];
  /** The newest message that the writer had seen; null sends whatever has come since. */
  expected_seq: number | null;
  /** The AI agent's decision whose suggestion this began as: the server looks whether it still holds. */
  decision?: number | undefined;
  /** Whom a reply by mail is for, where its writer chose that: the server is told before. */
  whom?: ChosenView | undefined;
}

export type Waiting = Item<Written>;

const nothing = store<readonly Waiting[]>([]);
let current: Outbox<Written> | undefined;
const items = store<Store<readonly Waiting[]>>(nothing);
/** Told of each message of this agent that the server has taken, and as the suggestion of which decision it began; the inbox fills it in. */
export const sent = store<(conversation: ConversationView, message: MessageView, decision?: number) => void>(() => {});

async function send({ id, payload }: Waiting, group: string): Promise<Sent> {
  const path = { conversation_id: Number(group) };
  const body = { client_id: id, content: payload.content, files: payload.files.map(({ token }) => token) };
  if (payload.mode === "note") return api.post("/api/conversations/{conversation_id}/note", { path, body });
  if (payload.whom) await api.put("/api/conversations/{conversation_id}/recipients", { path, body: { client_id: id, ...payload.whom } });
  try {
    const reply = { ...body, expected_seq: payload.expected_seq };
    if (payload.decision !== undefined) return await api.post("/api/ai/decisions/{decision_id}/send", { path: { decision_id: payload.decision }, body: reply });
    return await api.post("/api/conversations/{conversation_id}/reply", { path, body: reply });
  } catch (error) {
    // What the guard shows is in the thread already, or comes into it now.
    if (isProblem(error, "newer_messages")) for (const message of error.extra["newer"] as MessageView[]) putInThread(path.conversation_id, message);
    throw error;
  }
}

/** Starts sending for whoever is signed in; returns the function that stops it. What waits stays stored. */
export function openOutbox(): () => void {
  const session = currentSession();
  if (!session) return () => {};
  const opened = outbox<Written, Sent>({
    key: `staff.${session.me.organization_id}.${session.me.user_id}`,
    send,
    sent: ({ group, payload }, { message, conversation }) => {
      putInThread(Number(group), message);
      putConversation(conversation, { read_seq: message.seq });
      sent.get()(conversation, message, payload.decision);
      return undefined;
    },
  });
  current = opened;
  items.set(opened.items);
  return () => {
    opened.stop();
    if (current === opened) {
      current = undefined;
      items.set(nothing);
    }
  };
}

export const post = (conversation: number, written: Written): void => current?.add({ id: clientId(), group: String(conversation), payload: written });
export const retry = (id: string): void => current?.retry(id);
export const discard = (id: string): void => current?.discard(id);

/** Sends in spite of what has come since, under the same id: the server cannot take it twice. */
export function sendAnyway({ id, group, payload }: Waiting): void {
  discard(id);
  current?.add({ id, group, payload: { ...payload, expected_seq: null } });
}

/** What waits in one conversation, oldest first. */
export function useWaiting(conversation: number): readonly Waiting[] {
  const all = useStore(useStore(items));
  return useMemo(() => all.filter(({ group }) => group === String(conversation)), [all, conversation]);
}

export const kickOutbox = (): void => current?.kick();

import type { AssignInput, ConversationView, PriorityInput } from "#shared/wire.ts";
import { toast } from "#ui/toast.tsx";
import { api } from "../../api/client.ts";
import { findConversation } from "../../data/conversations.ts";
import { putConversation, putRead } from "../../live/conversations.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { app } from "../../i18n/app.ts";
import { me } from "../../session/session.ts";
import { texts } from "./texts.ts";

/** What can be done to a conversation: shown at once, taken back when the server refuses. */

async function change(id: number, looks: Partial<ConversationView>, send: () => Promise<ConversationView>): Promise<boolean> {
  const before = findConversation(id);
  if (before) putConversation({ ...before, ...looks }, { force: true });
  try {
    putConversation(await send());
    return true;
  } catch (error) {
    // Unless something newer has come since: that is the truth already.
    if (before && findConversation(id)?.version === before.version) putConversation(before, { force: true });
    toast({ tone: "error", title: texts.t("change.failed"), text: problemText(error), key: "change" });
    return false;
  }
}

const at = (id: number): { path: { conversation_id: number } } => ({ path: { conversation_id: id } });

export const assign = (id: number, wanted: AssignInput): Promise<boolean> => {
  const looks = { ...wanted, ...(wanted.assignee_id == null ? {} : { handler: "human" as const }) };
  return change(id, looks as Partial<ConversationView>, () => api.post("/api/conversations/{conversation_id}/assign", { ...at(id), body: wanted }));
};

export const prioritize = (id: number, priority: PriorityInput["priority"]): Promise<boolean> =>
  change(id, { priority }, () => api.post("/api/conversations/{conversation_id}/priority", { ...at(id), body: { priority } }));

export function tag(id: number, add: string[], remove: string[]): Promise<boolean> {
  const tags = (findConversation(id)?.tags ?? []).filter((name) => !remove.includes(name));
  const looks = { tags: [...tags, ...add.filter((name) => !tags.includes(name))] };
  return change(id, looks, () => api.post("/api/conversations/{conversation_id}/tags", { ...at(id), body: { add, remove } }));
}

export const rename = (id: number, subject: string): Promise<boolean> =>
  change(id, { subject }, () => api.post("/api/conversations/{conversation_id}/subject", { ...at(id), body: { subject } }));

const undo = (title: string, perform: () => unknown): void => void toast({ tone: "success", title, key: "change", action: { label: app.t("undo"), perform } });

/** `undone`: called when the agent takes it back. */
export async function resolve(id: number, undone?: () => void): Promise<boolean> {
  const looks = { status: "resolved", snoozed_until: null, waiting_since: null } as const;
  const number = findConversation(id)?.number ?? id;
  const done = await change(id, looks, () => api.post("/api/conversations/{conversation_id}/resolve", at(id)));
  const back = async (): Promise<void> => {
    if (await reopen(id)) undone?.();
  };
  if (done) undo(texts.t("done.resolved", { number: `#${number}` }), back);
  return done;
}

export const reopen = (id: number): Promise<boolean> =>
  change(id, { status: "open" }, () => api.post("/api/conversations/{conversation_id}/reopen", at(id)));

export const close = (id: number): Promise<boolean> =>
  change(id, { status: "closed", snoozed_until: null, waiting_since: null }, () => api.post("/api/conversations/{conversation_id}/close", at(id)));

export async function snooze(id: number, until: Date, when: string): Promise<void> {
  const wait_s = Math.max(1, Math.round((until.getTime() - Date.now()) / 1000));
  const looks = { snoozed_until: until.toISOString(), status: "open" } as const;
  if (await change(id, looks, () => api.post("/api/conversations/{conversation_id}/snooze", { ...at(id), body: { wait_s } }))) undo(texts.t("done.snoozed", { when }), () => wake(id));
}

export const wake = (id: number): Promise<boolean> =>
  change(id, { snoozed_until: null }, () => api.post("/api/conversations/{conversation_id}/wake", at(id)));

export const takeOver = (id: number): Promise<boolean> =>
  change(id, { handler: "human", assignee_id: findConversation(id)?.assignee_id ?? me().user_id }, () =>
    api.post("/api/conversations/{conversation_id}/takeover", at(id)),
  );

export const handBack = (id: number): Promise<boolean> =>
  change(id, { handler: "ai", assignee_id: null }, () => api.post("/api/conversations/{conversation_id}/handback", at(id)));

/** Quiet: a mark that was lost is set again with the next message. */
export async function markRead(id: number, seq: number): Promise<void> {
  putRead(id, seq);
  try {
    await api.post("/api/conversations/{conversation_id}/read", { ...at(id), body: { seq } });
  } catch {
    // told by the next one
  }
}

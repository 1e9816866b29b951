import { keys, load, save } from "#shared/storage.ts";
import { store, type Store } from "#shared/store.ts";
import type { FileView } from "#shared/wire.ts";
import type { Mode } from "../../../data/outbox.ts";
import { currentSession } from "../../../session/session.ts";
import type { Whom } from "./whom.ts";

/** What was begun and not sent, per conversation and kind, kept in this browser. */
export interface Draft {
  text: string;
  files: FileView[];
  /** The AI agent's decision whose suggestion it began as. */
  decision?: number | undefined;
  /** Whom it is for as a mail, where that was chosen. */
  whom?: Whom | undefined;
  /** Of a mail that begins a conversation. */
  subject?: string | undefined;
  /** Of the same: the inbox that it is written from, where that was chosen. */
  inbox?: number | undefined;
  /** Of a forward: which of the message's files go with it; undefined: all. */
  enclosed?: readonly string[] | undefined;
  /** Of a forward or a mail that begins a conversation: what was sent under which id, and not acknowledged. The same again is the same mail. */
  tried?: { id: string; what: string } | undefined;
}

interface Kept extends Draft {
  at: number;
}

const KEEP_MS = 30 * 24 * 3600_000;
const PREFIX = "draft.";
const empty: Draft = { text: "", files: [] };
const isKept = (value: unknown): value is Kept =>
  typeof value === "object" && value !== null && "text" in value && typeof value.text === "string" && "files" in value && Array.isArray(value.files) && "at" in value;

for (const key of keys(PREFIX)) if (Date.now() - (load<Kept | null>(key, null, isKept)?.at ?? 0) > KEEP_MS) save(key, undefined);

const stores = new Map<string, Store<Draft>>();
const keyOf = (conversation: number, mode: Mode): string => `${PREFIX}${currentSession()?.me.user_id ?? 0}.${conversation}.${mode}`;

export function draftOf(conversation: number, mode: Mode): Store<Draft> {
  const key = keyOf(conversation, mode);
  let draft = stores.get(key);
  if (!draft) {
    const kept = load<Kept | null>(key, null, isKept);
    stores.set(key, (draft = store<Draft>(kept ? { text: kept.text, files: kept.files, decision: kept.decision, whom: kept.whom, subject: kept.subject, inbox: kept.inbox, enclosed: kept.enclosed, tried: kept.tried } : empty)));
  }
  return draft;
}

export function putDraft(conversation: number, mode: Mode, draft: Draft): void {
  const isEmpty = !draft.text && draft.files.length === 0 && !draft.whom && !draft.subject && !draft.inbox && !draft.enclosed;
  save(keyOf(conversation, mode), isEmpty ? undefined : { ...draft, at: Date.now() });
  draftOf(conversation, mode).set(isEmpty ? empty : draft);
}

export const clearDraft = (conversation: number, mode: Mode): void => putDraft(conversation, mode, empty);

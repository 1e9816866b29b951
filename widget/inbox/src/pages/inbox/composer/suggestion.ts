import { store } from "#shared/store.ts";
import type { Receipt, ReviewInput, Suggestion } from "#shared/wire.ts";
import { toast } from "#ui/toast.tsx";
import { queryOptions } from "@tanstack/react-query";
import { api } from "../../../api/client.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { texts } from "../texts.ts";
import { draftOf, putDraft } from "./drafts.ts";
import { write } from "./mode.ts";

/** What the AI agent suggests for a conversation as it stands. The feed says when that may be another. */
export const suggestionQuery = (conversation: number) =>
  queryOptions({
    queryKey: ["suggestion", conversation] as const,
    queryFn: ({ signal }) => api.get("/api/conversations/{conversation_id}/suggestion", { path: { conversation_id: conversation }, signal }),
    select: ({ suggestion }) => suggestion,
  });

/** Decisions that this tab has done with: put away, or about to be sent. */
export const done = store<ReadonlySet<number>>(new Set());
export const finish = (decision: number): void => done.set(new Set([...done.get(), decision]));

/** Puts text into the reply that is being written, after what stands there. */
export function insert(conversation: number, text: string, decision?: number): void {
  const before = draftOf(conversation, "reply").get();
  putDraft(conversation, "reply", { ...before, text: before.text.trim() ? `${before.text.trimEnd()}\n\n${text}` : text, decision: decision ?? before.decision });
  write("reply");
}

export const insertSuggestion = (conversation: number, { text, receipt }: Suggestion): void => insert(conversation, text, receipt.id);

export function reject({ id }: Receipt, reason: NonNullable<ReviewInput["reason"]>): void {
  finish(id);
  void api.put("/api/ai/decisions/{decision_id}/review", { path: { decision_id: id }, body: { verdict: "reject", reason, content: "" } }).catch(failed);
}

const failed = (error: unknown): void => void toast({ tone: "error", title: texts.t("suggestion.failed"), text: problemText(error), key: "suggestion" });

import { store } from "#shared/store.ts";
import type { ArticleFound, CopilotInput, CopilotView } from "#shared/wire.ts";
import { toast } from "#ui/toast.tsx";
import { confirm } from "#ui/confirm.ts";
import { queryOptions } from "@tanstack/react-query";
import { api } from "../../../api/client.ts";
import { app } from "../../../i18n/app.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { texts } from "../texts.ts";
import { draftOf, putDraft } from "./drafts.ts";
import { insert } from "./suggestion.ts";

export const styles = ["friendlier", "formal", "shorter", "grammar"] as const;
export type Style = (typeof styles)[number];
export type Task = CopilotInput["kind"] | "find";

/** What the copilot was asked for in a conversation, and what came of it. */
export interface Asked {
  number: number;
  task: Task;
  input?: CopilotInput;
  view?: CopilotView;
  /** Why it failed, in words. */
  trouble?: string;
}

export const asked = store<ReadonlyMap<number, Asked>>(new Map());
let last = 0;

function put(conversation: number, next: Asked | undefined): void {
  const all = new Map(asked.get());
  if (next) all.set(conversation, next);
  else all.delete(conversation);
  asked.set(all);
}

export const close = (conversation: number): void => put(conversation, undefined);
export const find = (conversation: number): void => put(conversation, { number: ++last, task: "find" });

/** Whether a language model writes here; without one the copilot quotes, and rewrites nothing. */
export const copilotQuery = queryOptions({ queryKey: ["copilot"] as const, queryFn: ({ signal }) => api.get("/api/copilot", { signal }) });

const TRIES = 4;

/** What came of it at last; each look waits a while on the server. */
const outcome = async (view: CopilotView, wanted: () => boolean, looks = TRIES): Promise<CopilotView> =>
  view.status !== "working" || looks === 0 || !wanted() ? view : outcome(await api.get("/api/copilot/{request_id}", { path: { request_id: view.id } }), wanted, looks - 1);

/** Asks, and waits until something came of it; another request, or putting it away, ends the wait. */
export async function ask(conversation: number, input: CopilotInput): Promise<void> {
  const mine: Asked = { number: ++last, task: input.kind, input };
  const isMine = (): boolean => asked.get().get(conversation)?.number === mine.number;
  put(conversation, mine);
  try {
    const view = await outcome(await api.post("/api/conversations/{conversation_id}/copilot", { path: { conversation_id: conversation }, body: input }), isMine);
    if (!isMine()) return;
    if (view.status === "done") put(conversation, { ...mine, view });
    else put(conversation, { ...mine, trouble: view.trouble || texts.t("copilot.late") });
  } catch (error) {
    if (isMine()) put(conversation, { ...mine, trouble: problemText(error) });
  }
}

const LINE_MIN = 16; // shorter lines stand in anybody's text
const internal = new Map<number, string[]>();

/** Puts a text into the reply; what of it is from internal articles is asked about before it is sent. */
export function take(conversation: number, text: string, isInternal: boolean): void {
  if (isInternal) internal.set(conversation, [...(internal.get(conversation) ?? []), ...text.split("\n").filter((line) => line.trim().length >= LINE_MIN)]);
  insert(conversation, text);
}

export const quote = ({ title, heading, text, audience }: ArticleFound, conversation: number): void =>
  take(conversation, `${heading ? `${title}, ${heading}` : title}:\n\n${text}`, audience === "internal");

/** Whether a reply may go to the customer: its writer is asked where it says what is internal. */
export async function mayGo(conversation: number, text: string): Promise<boolean> {
  const lines = internal.get(conversation) ?? [];
  if (!lines.some((line) => text.includes(line.trim()))) return true;
  return confirm({ title: texts.t("copilot.internal.title"), text: texts.t("copilot.internal.text"), action: texts.t("copilot.internal.send"), danger: true });
}

export const sentAway = (conversation: number): void => void internal.delete(conversation);

/** What stands in the reply is replaced, and can be taken back. */
export function replace(conversation: number, text: string): void {
  const before = draftOf(conversation, "reply").get();
  putDraft(conversation, "reply", { ...before, text });
  close(conversation);
  toast({ tone: "success", title: texts.t("copilot.replaced"), key: "copilot", action: { label: app.t("undo"), perform: () => putDraft(conversation, "reply", before) } });
}

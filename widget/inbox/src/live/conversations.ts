import type { ConversationView, ListedConversation, MessageView, TimelineView } from "#shared/wire.ts";
import { api } from "../api/client.ts";
import { countsQuery, findListed, keys, loadedLists } from "../data/conversations.ts";
import type { Counts } from "../data/filters.ts";
import { inboxesQuery, teamsQuery } from "../data/people.ts";
import { invalidate, put, queries } from "../data/queries.ts";
import { currentSession } from "../session/session.ts";
import { hasGap, inCounts, inList, inThread, isNewer, readInList, replaced, withoutConversation, type ThreadPages } from "./reducers.ts";

/** Writes a conversation's news into every query that shows it, through the reducers. */

const viewer = (): { user_id: number } => ({ user_id: currentSession()?.me.user_id ?? 0 });

const RECOUNT_MS = [400, 1500] as const;
/** Whatever was reckoned is asked for in the end: an event that was long under way may be in counts that came before it. */
const IN_THE_END_MS = 30_000;
let recount: { at: number; timer: ReturnType<typeof setTimeout> } | undefined;

/** Counts are asked for after so long, or sooner where that was to happen anyway: once for many events. */
function recountIn(ms: number): void {
  const at = Date.now() + ms;
  if (recount && recount.at <= at) return;
  clearTimeout(recount?.timer);
  const timer = setTimeout(() => {
    recount = undefined;
    // An answer that is under way may be older than what this is about.
    if (queries.isFetching(countsQuery)) recountSoon();
    else void queries.invalidateQueries(countsQuery);
  }, ms);
  recount = { at, timer };
}

/** Counts that cannot be reckoned here. */
function recountSoon(): void {
  const since = Date.now() - (queries.getQueryState(keys.counts)?.dataUpdatedAt ?? 0);
  recountIn(Math.max(RECOUNT_MS[0], RECOUNT_MS[1] - since));
}

/** Counts that were asked for a moment ago may hold this change already: they are reckoned for the moment, and asked for again. */
function count(before: ConversationView | undefined, after: ConversationView): void {
  const state = queries.getQueryState<Counts>(keys.counts);
  if (!state?.data) return;
  const reckoned = before || after.version === 1 ? inCounts(state.data, before, after, viewer()) : undefined;
  if (!reckoned) return recountSoon();
  if (reckoned === state.data) return;
  put(keys.counts, reckoned, state.dataUpdatedAt);
  const isSettled = state.fetchStatus === "idle" && Date.now() - state.dataUpdatedAt > RECOUNT_MS[1];
  if (isSettled) recountIn(IN_THE_END_MS);
  else recountSoon();
}

const unmarked = new Set<number>();
const MARKS_MAX = 10;

/** How far this agent has read a conversation that came into a list by an event is asked for, once for many. */
function askForMark(id: number): void {
  if (unmarked.size === 0)
    setTimeout(() => {
      const ids = [...unmarked];
      unmarked.clear();
      if (ids.length > MARKS_MAX) invalidate(...keys.lists);
      else
        for (const each of ids)
          void api.get("/api/conversations/{conversation_id}", { path: { conversation_id: each } }).then(
            ({ conversation, read_seq }) => putConversation(conversation, { read_seq }),
            () => undefined, // gone, or out of reach: the next fetch of the list tells
          );
    }, RECOUNT_MS[0]);
  unmarked.add(id);
}

interface Put {
  /** An optimistic change and its rollback: they have the version of what was there before. */
  force?: boolean;
  /** How far this agent has read, where that is known. */
  read_seq?: number;
  /** A message of somebody else came with it: whatever this agent has read, it is unread now. */
  unread?: boolean;
}

/** Puts a conversation into everything that shows it. Where something newer is known, that goes everywhere: some list may have missed it. */
export function putConversation(conversation: ConversationView, { force = false, read_seq, unread = false }: Put = {}): void {
  const { id } = conversation;
  const known = findListed(id);
  const isNews = force || isNewer(conversation, known?.conversation);
  const item: ListedConversation = {
    conversation: isNews ? conversation : known!.conversation,
    read_seq: Math.max(read_seq ?? 0, known?.read_seq ?? 0),
  };
  const one = queries.getQueryData<ListedConversation>(keys.one(id));
  if (one && (force || isNewer(item.conversation, one.conversation))) put(keys.one(id), item);
  let isListed = false;
  for (const [filters, list] of loadedLists()) {
    const next = inList(list, item, filters, viewer(), force);
    if (next !== list) put(keys.list(filters), next);
    isListed ||= next !== list;
  }
  if (isNews) count(known?.conversation, conversation);
  else if (conversation.version === known!.conversation.version) recountSoon(); // an answer told of it first, but not to the counts
  if (read_seq !== undefined) putRead(id, read_seq);
  else if (isListed && !known && !unread && conversation.version > 1) askForMark(id);
}

/** Puts a message and a line into a loaded thread. */
export function putInThread(id: number, message?: MessageView, line?: TimelineView | null): void {
  const thread = queries.getQueryData<ThreadPages>(keys.thread(id));
  if (!thread) return;
  if (message && hasGap(thread, message.seq)) return invalidate(...keys.thread(id));
  const next = inThread(thread, message, line);
  if (next !== thread) put(keys.thread(id), next);
}

/** Puts what a message is now into a loaded thread. */
export function replaceInThread(id: number, message: MessageView): void {
  const thread = queries.getQueryData<ThreadPages>(keys.thread(id));
  if (thread) put(keys.thread(id), replaced(thread, message));
}

export function putRead(id: number, seq: number): void {
  const one = queries.getQueryData<ListedConversation>(keys.one(id));
  if (one && one.read_seq < seq) put(keys.one(id), { ...one, read_seq: seq });
  for (const [filters, list] of loadedLists()) {
    const next = readInList(list, id, seq);
    if (next !== list) put(keys.list(filters), next);
  }
}

/** What a query holds, unless it is about to be fetched anew. `null`: it will be at some time, but nobody fetches it now. */
function trusted<T>({ queryKey }: { queryKey: readonly unknown[] }): T | null | undefined {
  const state = queries.getQueryState<T>(queryKey);
  if (!state?.isInvalidated) return state?.data;
  return state.fetchStatus === "idle" ? null : undefined;
}

/**
 * Whether this agent still may see it: told by what the lists of inboxes and teams hold. `true` while they are fetched, for what is heard meanwhile is applied
 * again then; `undefined` where they are in doubt and nobody fetches them.
 */
export function maySee(conversation: ConversationView): boolean | undefined {
  const session = currentSession();
  if (!session || session.me.role === "admin" || conversation.assignee_id === session.me.user_id) return true;
  const inboxes = trusted<{ id: number }[]>(inboxesQuery);
  const teams = trusted<{ id: number; member_ids: number[] }[]>(teamsQuery);
  if (inboxes === null || teams === null) return undefined;
  if (!inboxes || !teams) return true;
  return (
    inboxes.some(({ id }) => id === conversation.inbox_id) ||
    teams.some(({ id, member_ids }) => id === conversation.team_id && member_ids.includes(session.me.user_id))
  );
}

/** Takes a conversation that may not be seen any more from every screen. */
export function drop(id: number): void {
  for (const [filters, list] of loadedLists()) {
    const next = withoutConversation(list, id);
    if (next !== list) put(keys.list(filters), next);
  }
  for (const key of [keys.one(id), keys.thread(id), ["decisions", id], ["tool-calls", id], ["mails", id], ["recipients", id], ["continuity", id]]) invalidate(...key);
  recountSoon();
}

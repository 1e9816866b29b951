/**
 * How what is on screen follows what happened: pure, old state and event to new state. The same object comes back where nothing changes,
 * so that nothing is drawn again. An event may come twice, or after its effect was fetched: versions and ids tell.
 */
import type { ConversationPage, ConversationView, ListedConversation, MessageView, ThreadPage, TimelineView } from "#shared/wire.ts";
import { isInView, matches, order, views, type Filters, type View } from "../data/filters.ts";

/** What TanStack Query keeps of a paged list. */
export interface Paged<P> {
  pages: P[];
  pageParams: unknown[];
}
/** `end`: the last row as it was fetched. The next page begins behind it, whatever has become of it since. */
export interface ListPage extends ConversationPage {
  end?: ConversationView | undefined;
}
export type ListPages = Paged<ListPage>;
/** The first page is the newest part of the thread, each further one is older. */
export type ThreadPages = Paged<ThreadPage>;

export interface Viewer {
  user_id: number;
}

export const isNewer = (next: ConversationView, known: ConversationView | undefined): boolean => known === undefined || next.version > known.version;

/** The item of `id` in a list, if it is loaded there. */
export function listed(list: ListPages, id: number): ListedConversation | undefined {
  for (const page of list.pages) for (const item of page.items) if (item.conversation.id === id) return item;
  return undefined;
}

/**
 * The list with `next` where it belongs now: moved, changed, added or gone.
 * `force`: an optimistic change, which has the version of the state before it.
 */
export function inList(list: ListPages, next: ListedConversation, filters: Filters, viewer: Viewer, force = false): ListPages {
  const { conversation } = next;
  const known = listed(list, conversation.id);
  if (known && !force && !isNewer(conversation, known.conversation)) return list;
  const item = known && known.read_seq > next.read_seq ? { ...next, read_seq: known.read_seq } : next;
  const without = known ? withoutConversation(list, conversation.id) : list;
  if (!matches(conversation, filters, viewer.user_id)) return without;
  const pages = [...without.pages];
  return insert(pages, item, filters) ? { ...list, pages } : without;
}

/** The list without a conversation. */
export function withoutConversation(list: ListPages, id: number): ListPages {
  if (!listed(list, id)) return list;
  const pages = list.pages.map((page) => {
    const items = page.items.filter(({ conversation }) => conversation.id !== id);
    return items.length === page.items.length ? page : { ...page, items };
  });
  return { ...list, pages };
}

/** Whether it belongs into the loaded part; what belongs below it comes with the next page. */
function insert(pages: ListPage[], item: ListedConversation, filters: Filters): boolean {
  for (const [number, page] of pages.entries()) {
    const place = page.items.findIndex((other) => order(item.conversation, other.conversation, filters.sort) < 0);
    if (place >= 0) {
      pages[number] = { ...page, items: page.items.toSpliced(place, 0, item) };
      return true;
    }
  }
  const last = pages.at(-1);
  if (!last || (last.next !== null && !(last.end && order(item.conversation, last.end, filters.sort) <= 0))) return false;
  pages[pages.length - 1] = { ...last, items: [...last.items, item] };
  return true;
}

/** This agent has read up to `seq`, here or on another device. */
export function readInList(list: ListPages, id: number, seq: number): ListPages {
  const known = listed(list, id);
  if (!known || known.read_seq >= seq) return list;
  const pages = list.pages.map((page) =>
    page.items.includes(known) ? { ...page, items: page.items.map((item) => (item === known ? { ...item, read_seq: seq } : item)) } : page,
  );
  return { ...list, pages };
}

/** The thread with a new message and a new line, each once. */
export function inThread(thread: ThreadPages, message: MessageView | undefined, line: TimelineView | null | undefined): ThreadPages {
  const [newest, ...older] = thread.pages;
  if (!newest) return thread;
  let page = newest;
  if (message && !thread.pages.some(({ messages }) => messages.some(({ seq }) => seq === message.seq))) {
    const place = page.messages.findLastIndex(({ seq }) => seq < message.seq) + 1;
    page = { ...page, messages: page.messages.toSpliced(place, 0, message) };
  }
  if (line && !thread.pages.some(({ lines }) => lines.some(({ id }) => id === line.id))) {
    const place = page.lines.findLastIndex(({ id }) => id < line.id) + 1;
    page = { ...page, lines: page.lines.toSpliced(place, 0, line) };
  }
  return page === newest ? thread : { ...thread, pages: [page, ...older] };
}

/** The thread with a message as it is now, where it was loaded. */
export function replaced(thread: ThreadPages, message: MessageView): ThreadPages {
  const has = thread.pages.some(({ messages }) => messages.some(({ seq }) => seq === message.seq));
  if (!has) return thread;
  return { ...thread, pages: thread.pages.map((page) => ({ ...page, messages: page.messages.map((known) => (known.seq === message.seq ? message : known)) })) };
}

/** Whether messages before `seq` are missing at the end of the thread: then it must be fetched. */
export function hasGap(thread: ThreadPages, seq: number): boolean {
  const last = thread.pages[0]?.messages.at(-1)?.seq ?? 0;
  return seq > last + 1;
}

const countsIn = (conversation: ConversationView | undefined, viewer: Viewer): View[] =>
  conversation && matches(conversation, { view: "all", status: "active", sort: "latest" }, viewer.user_id)
    ? views.filter((view) => isInView(conversation, view, viewer.user_id))
    : [];

/** The counts per view (others stay until they are asked for) after a conversation went from `before` (undefined: it did not exist) to `after`. */
export function inCounts<C extends Record<View, number>>(counts: C, before: ConversationView | undefined, after: ConversationView, viewer: Viewer): C {
  const [left, entered] = [countsIn(before, viewer), countsIn(after, viewer)];
  const next: Record<View, number> = { all: counts.all, mine: counts.mine, unassigned: counts.unassigned, ai: counts.ai };
  for (const view of left) if (!entered.includes(view)) next[view] = Math.max(0, next[view] - 1);
  for (const view of entered) if (!left.includes(view)) next[view] += 1;
  return views.every((view) => next[view] === counts[view]) ? counts : { ...counts, ...next };
}

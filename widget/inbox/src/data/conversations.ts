import type { ConversationView, ListedConversation } from "#shared/wire.ts";
import { infiniteQueryOptions, queryOptions, type InfiniteData } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import { listed, type ListPage, type ListPages } from "../live/reducers.ts";
import type { Filters } from "./filters.ts";
import { queries } from "./queries.ts";

const PAGE = 30;
const THREAD_PAGE = 40;

export const keys = {
  lists: ["conversations"] as const,
  list: (filters: Filters) => ["conversations", filters] as const,
  one: (id: number) => ["conversation", id] as const,
  thread: (id: number) => ["thread", id] as const,
  counts: ["counts"] as const,
};

export const listQuery = (filters: Filters) =>
  infiniteQueryOptions({
    queryKey: keys.list(filters),
    queryFn: async ({ pageParam, signal }): Promise<ListPage> => {
      const page = await api.get("/api/conversations", { query: { ...filters, limit: PAGE, cursor: pageParam }, signal });
      return { ...page, end: page.items.at(-1)?.conversation };
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

export const countsQuery = queryOptions({
  queryKey: keys.counts,
  queryFn: ({ signal }) => api.get("/api/conversations/counts", { signal }),
});

export const conversationQuery = (id: number) =>
  queryOptions({
    queryKey: keys.one(id),
    queryFn: ({ signal }) => api.get("/api/conversations/{conversation_id}", { path: { conversation_id: id }, signal }),
    // A row of a list is all of it: the thread opens without waiting.
    initialData: () => findListed(id),
    initialDataUpdatedAt: 0,
  });

export const threadQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: keys.thread(id),
    queryFn: ({ pageParam, signal }) =>
      api.get("/api/conversations/{conversation_id}/messages", { path: { conversation_id: id }, query: { before_seq: pageParam, limit: THREAD_PAGE }, signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => (last.has_more ? (last.messages[0]?.seq ?? null) : null),
  });

/** Every loaded list with its filters. */
export function loadedLists(): [Filters, ListPages][] {
  return queries
    .getQueriesData<InfiniteData<ListPages["pages"][number]>>({ queryKey: keys.lists })
    .flatMap(([key, data]) => (data ? [[key[1] as Filters, data] as [Filters, ListPages]] : []));
}

/** What is known of a conversation, wherever it was seen: the newest version. */
export function findListed(id: number): ListedConversation | undefined {
  let best = queries.getQueryData<ListedConversation>(keys.one(id));
  for (const [, list] of loadedLists()) {
    const item = listed(list, id);
    if (item && (!best || item.conversation.version > best.conversation.version || (item.conversation.version === best.conversation.version && item.read_seq > best.read_seq))) best = item;
  }
  return best;
}

export const findConversation = (id: number): ConversationView | undefined => findListed(id)?.conversation;

import type { ContactView, CountView, SegmentSummary, SegmentView } from "#shared/wire.ts";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import { queries } from "./queries.ts";

type Tree = Record<string, unknown>;
const PAGE = 50;
const PAGES_MAX = 10;

/** What contacts can be chosen by. */
export const fieldsQuery = queryOptions({ queryKey: ["segment-fields"] as const, queryFn: ({ signal }) => api.get("/api/segments/fields", { signal }), staleTime: 5 * 60_000 });

export const segmentsQuery = (kind: SegmentSummary["kind"]) =>
  infiniteQueryOptions({
    queryKey: ["segments", kind] as const,
    queryFn: ({ pageParam, signal }) => api.get("/api/segments", { query: { kind, cursor: pageParam, limit: PAGE }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

/** Segments and lists together, for those who choose among them. */
export const everySegmentQuery = queryOptions({
  queryKey: ["segments", "every"] as const,
  queryFn: async ({ signal }) => {
    const found: SegmentSummary[] = [];
    for (let cursor: string | null = null, page = 0; page < PAGES_MAX && (page === 0 || cursor); page++) {
      // oxlint-disable-next-line no-await-in-loop -- each page names the next
      const { items, next }: { items: SegmentSummary[]; next: string | null } = await api.get("/api/segments", { query: { cursor, limit: 100 }, signal });
      found.push(...items);
      cursor = next;
    }
    return found;
  },
});

export const segmentQuery = (id: number) =>
  queryOptions({ queryKey: ["segments", id] as const, queryFn: ({ signal }) => api.get("/api/segments/{segment_id}", { path: { segment_id: id }, signal }) });

let turn: Promise<unknown> = Promise.resolve();

/** One after the other: an organization may count only a few at once, and a page of them would be refused. */
function inTurn<A>(work: () => Promise<A>): Promise<A> {
  const mine = turn.then(work, work);
  turn = mine.catch(() => undefined);
  return mine;
}

export const countQuery = (id: number) =>
  queryOptions({
    queryKey: ["segment-count", id] as const,
    queryFn: ({ signal }) =>
      inTurn<CountView>(() => {
        signal.throwIfAborted();
        return api.get("/api/segments/{segment_id}/count", { path: { segment_id: id }, signal });
      }),
  });

export const memberQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: ["segment-contacts", id] as const,
    queryFn: ({ pageParam, signal }) => api.get("/api/segments/{segment_id}/contacts", { path: { segment_id: id }, query: { cursor: pageParam, limit: PAGE }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

/** Contacts that a tree chooses, before it is saved; `limit` of them at once. */
export const previewQuery = (tree: Tree, limit = PAGE) =>
  infiniteQueryOptions({
    queryKey: ["segment-tree", "preview", limit, tree] as const,
    queryFn: ({ pageParam, signal }) => api.post("/api/segments/preview", { body: { tree, cursor: pageParam, limit }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    gcTime: 60_000,
  });

export const treeCountQuery = (tree: Tree) =>
  queryOptions({ queryKey: ["segment-tree", "count", tree] as const, queryFn: ({ signal }) => api.post("/api/segments/count", { body: { tree }, signal }), gcTime: 60_000 });

export const explainQuery = (tree: Tree, contact: number) =>
  queryOptions({
    queryKey: ["segment-tree", "explain", contact, tree] as const,
    queryFn: ({ signal }) => api.post("/api/segments/explain", { body: { tree, contact_id: contact }, signal }),
    gcTime: 60_000,
  });

/** Of the contacts of a segment, those whose name or address begins so. */
export const within = (segment: number, search: string): Tree =>
  search ? { all: [{ segment }, { any: ["email", "first_name", "last_name"].map((name) => ({ field: `contact.${name}`, op: "starts_with", value: search })) }] } : { segment };

/** What was asked of a segment is not the truth any more. */
export function forgetSegment(id: number): void {
  for (const queryKey of [["segments"], ["segment-count", id], ["segment-contacts", id], ["segment-tree"]]) void queries.invalidateQueries({ queryKey });
}

export function keptSegment(segment: SegmentView): SegmentView {
  queries.setQueryData(segmentQuery(segment.id).queryKey, segment);
  forgetSegment(segment.id);
  return segment;
}

export const makeList = async (name: string): Promise<SegmentView> => keptSegment(await api.post("/api/segments", { body: { name, description: "" } }));

const AT_ONCE = 1000;

/** Puts contacts on a list; how many were not there before. */
export async function putOnList(list: number, contacts: readonly Pick<ContactView, "id">[]): Promise<number> {
  let added = 0;
  for (let first = 0; first < contacts.length; first += AT_ONCE) {
    const add = contacts.slice(first, first + AT_ONCE).map(({ id }) => id);
    // oxlint-disable-next-line no-await-in-loop -- in order, so that what failed is told with what went before
    added += (await api.post("/api/segments/{segment_id}/members", { path: { segment_id: list }, body: { add } })).added;
  }
  forgetSegment(list);
  return added;
}

export async function takeOffList(list: number, contact: number): Promise<void> {
  await api.post("/api/segments/{segment_id}/members", { path: { segment_id: list }, body: { remove: [contact] } });
  forgetSegment(list);
}

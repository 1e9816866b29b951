/** A staff tab: the inbox's cache, feed and reducers over the real socket, without its screens. */

import { isDeepStrictEqual } from "node:util";
import { answers, canonical, frames, serve, setCookie, sockets } from "./page.mts";
import type { ServerEvent } from "../../widget/shared/wire.ts";
import type { Filters } from "../../widget/inbox/src/data/filters.ts";
import type { Live } from "../../widget/shared/live.ts";

// After page.mts: these look at the page when they are loaded.
const { live } = await import("../../widget/shared/live.ts");
const { api } = await import("../../widget/inbox/src/api/client.ts");
const { queries } = await import("../../widget/inbox/src/data/queries.ts");
const { conversationQuery, countsQuery, listQuery, threadQuery } = await import("../../widget/inbox/src/data/conversations.ts");
const { colleaguesQuery, inboxesQuery, teamsQuery, usersQuery } = await import("../../widget/inbox/src/data/people.ts");
const { contactQuery, contactsQuery } = await import("../../widget/inbox/src/data/contacts.ts");
const { consentsQuery, suppressionsQuery, topicsQuery } = await import("../../widget/inbox/src/data/consent.ts");
const { segmentsQuery } = await import("../../widget/inbox/src/data/segments.ts");
const { articleQuery, articlesQuery, categoriesQuery, sourcesQuery } = await import("../../widget/inbox/src/pages/knowledge/data.ts");
const { templatesQuery } = await import("../../widget/inbox/src/pages/templates/data.ts");
const { decisionsQuery } = await import("../../widget/inbox/src/pages/inbox/decisions.ts");
const { continuityQuery, mailsQuery, recipientsQuery } = await import("../../widget/inbox/src/pages/inbox/mails.ts");
const { toolCallsQuery } = await import("../../widget/inbox/src/pages/inbox/tool-calls.ts");
const { applyEvent, refetchAll } = await import("../../widget/inbox/src/live/feed.ts");
const { currentSession, endSession, openSession } = await import("../../widget/inbox/src/session/session.ts");

type Client = typeof queries;
const Cache = queries.constructor as new (options: object) => Client;

/** What a page shows, by name: how it is fetched, and what of it must be equal. */
interface Shown {
  infinite?: boolean;
  options: object;
  same: (data: never) => unknown;
}
type Page<I> = { pages: { items: I[]; next: string | null }[] };
type Thread = { pages: { messages: { seq: number }[]; lines: { id: number; after_seq: number }[]; has_more: boolean }[] };

const all = (data: unknown): unknown => data;
/** The counts that the inbox shows; of the others it keeps none live. */
const views = ({ all, mine, unassigned, ai }: Record<string, unknown>): unknown => ({ all, mine, unassigned, ai });
const items = ({ pages }: Page<unknown>): unknown => pages.flatMap((page) => page.items);
const without = (name: string) => (rows: object[]): unknown => rows.map((row) => ({ ...row, [name]: undefined }));
const thread = ({ pages }: Thread): unknown => ({
  messages: pages.toReversed().flatMap(({ messages }) => messages),
  lines: pages.flatMap(({ lines }) => lines).sort((a, b) => a.after_seq - b.after_seq || a.id - b.id),
  has_more: pages.at(-1)!.has_more,
});

const shown: Record<string, (argument: never) => Shown> = {
  list: (filters: Filters) => ({ infinite: true, options: listQuery(filters), same: items }),
  counts: () => ({ options: countsQuery, same: views }),
  one: (id: number) => ({ options: conversationQuery(id), same: all }),
  thread: (id: number) => ({ infinite: true, options: threadQuery(id), same: thread }),
  decisions: (id: number) => ({ options: decisionsQuery(id), same: all }),
  mails: (id: number) => ({ options: mailsQuery(id), same: all }),
  recipients: (id: number) => ({ options: recipientsQuery(id), same: all }),
  continuity: (id: number) => ({ options: continuityQuery(id), same: all }),
  tools: (id: number) => ({ options: toolCallsQuery(id), same: all }),
  contact: (id: number) => ({ options: contactQuery(id), same: all }),
  contacts: (q: string) => ({ infinite: true, options: contactsQuery(q), same: items }),
  segments: (kind: "dynamic" | "static") => ({ infinite: true, options: segmentsQuery(kind), same: items }),
  topics: () => ({ options: topicsQuery, same: without("form") }), // sealed anew each time
  suppressions: () => ({ infinite: true, options: suppressionsQuery("", undefined), same: items }),
  consents: (id: number) => ({ options: consentsQuery(id), same: all }),
  articles: () => ({ infinite: true, options: articlesQuery({}), same: items }),
  article: (id: number) => ({ options: articleQuery(id), same: all }),
  templates: () => ({ infinite: true, options: templatesQuery(""), same: items }),
  categories: () => ({ options: categoriesQuery, same: all }),
  sources: () => ({ options: sourcesQuery, same: all }),
  users: () => ({ options: usersQuery, same: without("last_signed_in") }), // signing in is no event
  colleagues: () => ({ options: colleaguesQuery, same: all }),
  teams: () => ({ options: teamsQuery, same: all }),
  inboxes: () => ({ options: inboxesQuery, same: all }),
  organization: () => ({ options: { queryKey: ["organization"], queryFn: () => api.get("/api/organization") }, same: all }),
  sessions: () => ({ options: { queryKey: ["sessions"], queryFn: () => api.get("/api/auth/sessions") }, same: without("last_seen_at") }),
};

type Asked = [name: string, argument: never];
const loaded = new Map<string, Shown>();
let link: Live | undefined;
const heard: Record<string, number> = {};
/** Which queries an event of each type had fetched anew. */
const refetched: Record<string, Record<string, number>> = {};
const resyncs: string[] = [];
let hearing: { type: string; written: Set<string> } | undefined;

queries.getQueryCache().subscribe((event) => {
  if (!hearing || event.type !== "updated") return;
  const { action, query } = event;
  if (action.type === "success") hearing.written.add(query.queryHash);
  // A query that was waiting to be fetched anew still does after it was written to.
  if (action.type !== "invalidate" || hearing.written.has(query.queryHash)) return;
  const counted = (refetched[hearing.type] ??= {});
  const name = String(query.queryKey[0]);
  counted[name] = (counted[name] ?? 0) + 1;
});

function hear(event: ServerEvent): void {
  heard[event.type] = (heard[event.type] ?? 0) + 1;
  hearing = { type: event.type, written: new Set() };
  try {
    applyEvent(event);
  } finally {
    hearing = undefined;
  }
}

async function fetchWith(client: Client, { infinite, options }: Shown, pages = 1): Promise<unknown> {
  return infinite ? client.fetchInfiniteQuery({ ...options, pages, retry: false } as never) : client.fetchQuery({ ...options, retry: false } as never);
}

async function load([name, argument]: Asked): Promise<void> {
  const wanted = shown[name]!(argument);
  loaded.set(`${name} ${JSON.stringify(argument)}`, wanted);
  try {
    await fetchWith(queries, wanted);
  } catch {
    // not to be seen, or gone: then there is nothing to keep equal
  }
}

async function identity(): Promise<unknown> {
  const fetched = await api.get("/api/auth/me");
  const known = currentSession()?.me;
  return isDeepStrictEqual(known, fetched) ? undefined : { query: "me", known, fetched };
}

/** How `known` differs from what is fetched now; nothing where it does not, or where it will be fetched anew. */
async function difference(name: string, wanted: Shown): Promise<unknown> {
  const { queryKey } = wanted.options as { queryKey: readonly unknown[] };
  const before = queries.getQueryState(queryKey);
  if (!before || before.data === undefined || before.isInvalidated) return undefined;
  let now: unknown;
  try {
    now = await fetchWith(new Cache({ defaultOptions: queries.getDefaultOptions() }), wanted, (before.data as Page<unknown>).pages?.length);
  } catch (error) {
    return { query: name, known: "data", fetched: String(error) };
  }
  const state = queries.getQueryState(queryKey);
  if (!state || state.isInvalidated) return undefined;
  let [known, fetched] = [wanted.same(state.data as never), wanted.same(now as never)];
  // A list that is not loaded to its end is as long as it is.
  if (name.startsWith("list") && Array.isArray(known) && Array.isArray(fetched) && (state.data as Page<unknown>).pages.at(-1)!.next !== null) {
    const length = Math.min(known.length, fetched.length);
    [known, fetched] = [known.slice(0, length), fetched.slice(0, length)];
  }
  [known, fetched] = [canonical(known), canonical(fetched)];
  return isDeepStrictEqual(known, fetched) ? undefined : { query: name, known, fetched };
}

async function begin({ cookie }: { cookie: string }): Promise<void> {
  link?.close();
  endSession();
  loaded.clear();
  setCookie("lacasa_session", cookie);
  await openSession();
  link = live<ServerEvent>({
    url: `${location.origin.replace(/^http/, "ws")}/ws`,
    credentials: async () => ({ ticket: (await api.post("/api/auth/ticket")).ticket }),
    event: hear,
    resync: (reason) => {
      resyncs.push(reason);
      refetchAll();
    },
  });
  link.connect(currentSession()!.cursor);
}

/** When the last questions were asked. The server takes 30 frames at once and 10 a second, of the page's own too. */
const asked: number[] = [];
const [ASKED_AT_ONCE, ASKED_WITHIN_MS] = [20, 2500];

async function mayAsk(): Promise<void> {
  const oldest = asked.length < ASKED_AT_ONCE ? undefined : asked.shift();
  const now = Date.now();
  const at = oldest === undefined ? now : Math.max(now, oldest + ASKED_WITHIN_MS);
  asked.push(at);
  await new Promise((resolve) => setTimeout(resolve, at - now));
}

/** All that the server sent before this question has been applied when it resolves. */
async function settled(): Promise<void> {
  await mayAsk();
  const socket = sockets.at(-1);
  if (socket?.readyState !== WebSocket.OPEN) return;
  const n = Math.floor(Math.random() * 2 ** 50);
  await new Promise<void>((resolve) => {
    const look = ({ data }: MessageEvent): void => {
      if (JSON.parse(String(data)).n === n) resolve();
    };
    socket.addEventListener("message", look);
    socket.addEventListener("close", () => resolve());
    socket.send(JSON.stringify({ op: "ping", n }));
  });
}

/** What came since the last time, and what everything that is loaded would be now: one step of a recording. */
async function take(): Promise<object> {
  const now = (answers.now = {});
  const fresh = new Cache({ defaultOptions: queries.getDefaultOptions() });
  const beginning = [api.get("/api/auth/me"), api.get("/api/conversations", { query: { limit: 1 } })];
  await Promise.allSettled([...beginning, ...[...loaded.values()].map((wanted) => fetchWith(fresh, wanted))]);
  answers.now = undefined;
  return { frames: frames.splice(0), answers: now };
}

serve({
  begin,
  take,
  load: async ({ queries: wanted }: { queries: Asked[] }) => void (await Promise.all(wanted.map(load))),
  /** A page that shows this is opened: it is fetched, whatever is known. */
  look: ({ query: [name, argument] }: { query: Asked }) => {
    const wanted = shown[name]!(argument);
    loaded.set(`${name} ${JSON.stringify(argument)}`, wanted);
    void fetchWith(queries, { ...wanted, options: { ...wanted.options, staleTime: 0 } }).catch(() => undefined);
  },
  status: () => ({ status: link?.status.get(), session: currentSession()?.me ?? null, resyncs }),
  settled,
  differences: async () => (await Promise.all([...[...loaded].map(([name, wanted]) => difference(name, wanted)), identity()])).filter((found) => found !== undefined),
  /** Fetches anew what waits for it, as the screens would have done at once. */
  refresh: () => queries.refetchQueries({ predicate: ({ state }) => state.isInvalidated }),
  heard: () => ({ heard, refetched }),
  end: () => link?.close(),
});

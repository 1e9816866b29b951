/** The visitor's side of the conversation: session, live connection, outbox and what is known. Screens read `state` and call. */

import { http } from "../shared/http.ts";
import { clientId } from "../shared/ids.ts";
import type { Kept } from "../shared/launcher.ts";
import { live, type Status } from "../shared/live.ts";
import { outbox } from "../shared/outbox.ts";
import type { Problem } from "../shared/problem.ts";
import { keys, load, save, watch } from "../shared/storage.ts";
import { store, type Store } from "../shared/store.ts";
import type { FileView, Person, PublicArticle, PublicHit, VisitorConversation, VisitorEvent, VisitorSent, VisitorSession } from "../shared/wire.ts";
import { NOTHING, withConversation, withEvent, withList, withMessage, withPage, withSeen, type Chats, type Outgoing, type Pending } from "./state.ts";

export interface State extends Chats {
  /** Who this is and what the widget shows; undefined until the server has said so. */
  session: VisitorSession | undefined;
  /** Why there is no session. */
  trouble: string | undefined;
  /** Whether the conversations are known. */
  listed: boolean;
  link: Status;
  typing: Readonly<Record<string, Person>>;
  kept: Kept;
}

export interface Client {
  state: Store<State>;
  pending: Store<readonly Pending[]>;
  /** What a conversation is called by now: it has a name of ours until its first message is acknowledged. */
  named: (group: string) => string;
  begin: () => Promise<void>;
  reconnect: () => void;
  fetchThread: (token: string, older?: boolean) => Promise<void>;
  write: (group: string, content: string, files: FileView[]) => void;
  askForPerson: (token: string) => void;
  retry: (id: string) => void;
  discard: (id: string) => void;
  /** The newest message is on screen. */
  see: (token: string) => void;
  typing: (token: string, active: boolean) => void;
  declare: (email: string) => Promise<void>;
  /** Keeps something about the visitor in this browser. */
  remember: (more: Kept) => void;
  search: (words: string) => Promise<PublicHit[]>;
  article: (slug: string) => Promise<PublicArticle>;
  /** Runs a request as the visitor; where his token is not taken any more, once again as a new one. */
  visiting: <T>(work: () => Promise<T>) => Promise<T>;
  /** The headers that say who he is. */
  bearer: () => Record<string, string>;
  host: string;
  key: string;
  /** Forgets everything, here and in storage. */
  forget: () => void;
}

const isKept = (value: unknown): value is Kept => typeof value === "object" && value !== null;

export function client(host: string, key: string): Client {
  const record = `chat.${key}`;
  const kept = (): Kept => load(record, {}, isKept);
  const state = store<State>({ ...NOTHING, session: undefined, trouble: undefined, listed: false, link: "offline", typing: {}, kept: kept() });
  const put = (more: Partial<State>): void => state.set({ ...state.get(), ...more });
  const keep = (more: Kept): void => {
    const next = { ...kept(), ...more };
    save(record, next);
    put({ kept: next });
  };
  const bearer = (): Record<string, string> => ({ Authorization: `Bearer ${state.get().session?.token}` });
  const open = http(host);
  const own = http(host, bearer);
  const path = { key };

  let starting: Promise<void> | undefined;

  async function session(): Promise<void> {
    try {
      const before = state.get().session?.token;
      const found = await open("post", "/api/widget/{key}/session", { path, body: { token: kept().token ?? null } });
      keep({ token: found.token, known: found.known || box.items.get().length > 0 });
      // Another visitor from now on: what the old one knew is not his.
      if (before && before !== found.token) {
        link.close();
        put({ ...NOTHING, listed: false });
      }
      put({ session: found, trouble: undefined });
      if (found.known) await list();
      else put({ listed: true });
    } catch (error) {
      starting = undefined;
      put({ trouble: (error as Problem).code ?? "error" });
      // Nobody need do anything for it: a page that opened while there was no way through comes live by itself within ten seconds of a way.
      if ((error as Problem).passing) setTimeout(start, 10_000 * Math.random());
      throw error;
    }
  }

  const begin = (): Promise<void> => (starting ??= session());
  const start = (): void => void begin().catch(() => undefined);

  async function visiting<T>(work: () => Promise<T>): Promise<T> {
    await begin();
    try {
      return await work();
    } catch (error) {
      if ((error as Problem).status !== 401) throw error;
      starting = undefined;
      await begin();
      return work();
    }
  }

  /** Everything anew, and live from there. */
  async function list(): Promise<void> {
    const { items, live_cursor } = await own("get", "/api/widget/{key}/conversations", { path });
    put({ ...withList(state.get(), items), listed: true });
    if (link.status.get() !== "live") link.connect(live_cursor);
    // For the count and the preview. Not awaited: these requests wait for the session that waits for this.
    for (const { token } of items.filter(({ last_seq, read_seq }) => last_seq > read_seq).slice(0, 3)) fetchThread(token).catch(() => undefined);
  }

  const link = live<VisitorEvent>({
    url: `${host.replace(/^http/, "ws")}/ws`,
    credentials: () => ({ token: state.get().session!.token, key }),
    event: (event) => {
      state.set(withEvent(state.get(), event));
      if (event.type === "message.created") still(event.conversation.token);
    },
    resync: (reason) => {
      if (reason === "access_changed") put(NOTHING); // his contact was removed: what was his is not any more
      void list().catch(() => undefined);
    },
    typing: ({ conversation, who, active }) => {
      if (active) put({ typing: { ...state.get().typing, [conversation]: who } });
      else still(String(conversation));
    },
    ended: (code) => {
      if (code !== 4401) return;
      starting = undefined;
      start();
    },
  });
  link.status.subscribe(() => {
    put({ link: link.status.get() });
    if (link.status.get() === "live") box.kick();
  });

  function still(token: string): void {
    const { [token]: _, ...typing } = state.get().typing;
    put({ typing });
  }

  async function deliver({ id, payload }: Pending, group: string): Promise<VisitorSent | VisitorConversation> {
    const token = group.startsWith("new-") ? null : group;
    return visiting((): Promise<VisitorSent | VisitorConversation> =>
      payload.handoff
        ? own("post", "/api/widget/{key}/conversations/{token}/handoff", { path: { key, token: group }, body: { client_id: id } })
        : own("post", "/api/widget/{key}/messages", {
            path,
            body: { client_id: id, conversation: token, content: payload.content, files: payload.files.map((file) => file.token) },
          }),
    );
  }

  const box = outbox<Outgoing, VisitorSent | VisitorConversation>({
    key,
    send: deliver,
    sent: (_, result) => {
      if (!("message" in result)) {
        state.set(withConversation(state.get(), result));
        return undefined;
      }
      state.set(withMessage(state.get(), result.conversation, result.message));
      put({ session: { ...state.get().session!, known: true } });
      return result.conversation.token;
    },
  });
  let waiting = 0;
  box.items.subscribe(() => {
    const left = box.items.get().length;
    // Acknowledged, in whatever tab: a visitor's socket hears of his conversations once he has one.
    if (left < waiting && link.status.get() !== "live") void visiting(list).catch(() => undefined);
    waiting = left;
  });

  async function fetchThread(token: string, older = false): Promise<void> {
    const before_seq = older ? (state.get().threads[token]?.messages[0]?.seq ?? null) : null;
    const page = await visiting(() =>
      own("get", "/api/widget/{key}/conversations/{token}/messages", { path: { key, token }, query: { before_seq } }),
    );
    state.set(withPage(state.get(), page, older));
  }

  let telling: ReturnType<typeof setTimeout> | undefined;
  let told = 0;
  function see(token: string): void {
    const conversation = state.get().conversations[token];
    const seq = Math.max(conversation?.last_seq ?? 0, state.get().threads[token]?.messages.at(-1)?.seq ?? 0);
    if (!conversation || seq <= Math.max(conversation.read_seq, state.get().seen[token] ?? 0)) return;
    state.set(withSeen(state.get(), token, seq));
    clearTimeout(telling);
    // At once, because the page may go away; but not for each of many messages.
    telling = setTimeout(() => {
      told = Date.now();
      visiting(() => own("post", "/api/widget/{key}/conversations/{token}/read", { path: { key, token }, body: { seq } })).then(
        (after) => state.set(withConversation(state.get(), after)),
        () => undefined, // the next message that is seen tells it again
      );
    }, Math.max(0, told + 500 - Date.now()));
  }

  // Another tab may have become this visitor, or have said that he is another one now.
  const unwatch = watch(record, () => {
    put({ kept: kept() });
    const { token } = state.get().session ?? {};
    if (!token || token === kept().token) return;
    starting = undefined;
    start();
  });

  return {
    state,
    host,
    key,
    pending: box.items,
    named: box.named,
    begin,
    reconnect: () => {
      if (state.get().session?.known || state.get().link !== "offline") link.connect();
      start();
      box.kick();
    },
    fetchThread,
    see,
    write: (group, content, files) => {
      keep({ known: true });
      box.add({ id: clientId(), group, payload: { content, files } });
    },
    askForPerson: (group) => box.add({ id: clientId(), group, payload: { content: "", files: [], handoff: true } }),
    retry: box.retry,
    discard: box.discard,
    typing: (token, active) => link.typing(token, active),
    declare: async (email) => {
      await visiting(() => own("patch", "/api/widget/{key}/contact", { path, body: { email } }));
      put({ session: { ...state.get().session!, email } });
    },
    remember: keep,
    search: (q) => open("get", "/api/widget/{key}/articles", { path, query: { q } }),
    article: (slug) => open("get", "/api/widget/{key}/articles/{slug}", { path: { key, slug } }),
    visiting,
    bearer,
    forget: () => {
      starting = Promise.resolve(); // nobody begins again
      unwatch();
      link.close();
      box.stop();
      for (const name of [record, ...keys(`outbox.${key}.`), ...keys(`outbox-names.${key}.`), ...keys(`draft.${key}.`)]) save(name, undefined);
    },
  };
}

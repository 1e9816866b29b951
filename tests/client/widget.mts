/** A visitor's tab: the widget's client and state over the real socket, without its screens. */

import { isDeepStrictEqual } from "node:util";
import { answers, canonical, frames, sent, serve } from "./page.mts";
import type { Client } from "../../widget/chat/client.ts";
import type { Chats } from "../../widget/chat/state.ts";

const { client } = await import("../../widget/chat/client.ts");
const { NOTHING, withList, withPage } = await import("../../widget/chat/state.ts");
const { http } = await import("../../widget/shared/http.ts");

let chat: Client | undefined;
const now = (): Client => chat!;

/** What is fetched now, as the same state. */
async function fetched(tokens: string[]): Promise<Chats> {
  const { key, bearer } = now();
  const own = http(location.origin, bearer);
  const { items } = await own("get", "/api/widget/{key}/conversations", { path: { key } });
  let chats = withList(NOTHING, items);
  for (const token of tokens) {
    // oxlint-disable-next-line no-await-in-loop
    chats = withPage(chats, await own("get", "/api/widget/{key}/conversations/{token}/messages", { path: { key, token }, query: {} }), false);
  }
  return chats;
}

/** What staff does among itself (a note, a priority) moves these two, and is no visitor's business: he hears of it with the next change. */
const shown = ({ conversations }: Chats): unknown =>
  Object.fromEntries(Object.entries(conversations).map(([token, each]) => [token, { ...each, version: 0, last_activity_at: "" }]));

async function differences(): Promise<unknown[]> {
  const known = now().state.get();
  const whole = Object.entries(known.threads).filter(([, { loaded }]) => loaded);
  let fresh: Chats;
  try {
    fresh = await fetched(whole.map(([token]) => token));
  } catch (error) {
    return [{ query: "conversations", known: Object.keys(known.conversations), fetched: String(error) }];
  }
  const pairs = [
    ["conversations", shown(known), shown(fresh)] as const,
    ...whole.map(([token, { messages, more }]) => [`thread ${token}`, { messages, more }, { messages: fresh.threads[token]!.messages, more: fresh.threads[token]!.more }] as const),
  ];
  return pairs.filter(([, one, other]) => !isDeepStrictEqual(canonical(one), canonical(other))).map(([query, one, other]) => ({ query, known: one, fetched: other }));
}

/** What came since the last time, and what everything would be now: one step of a recording. */
async function take(): Promise<object> {
  const recorded = (answers.now = {});
  const { key, state } = now();
  await http(location.origin)("post", "/api/widget/{key}/session", { path: { key }, body: { token: state.get().session!.token } });
  await fetched(Object.keys(state.get().conversations));
  answers.now = undefined;
  return { frames: frames.splice(0), answers: recorded };
}

serve({
  take,
  begin: ({ key }: { key: string }) => {
    chat?.forget();
    chat = client(location.origin, key);
    void chat.begin().catch(() => undefined); // no way through: tried again when the outbox sends
  },
  write: ({ group, content }: { group: string; content: string }) => now().write(now().named(group), content, []),
  ask: ({ group }: { group: string }) => now().askForPerson(now().named(group)),
  see: ({ token }: { token: string }) => now().see(token),
  declare: ({ email }: { email: string }) => now().declare(email),
  look: ({ token }: { token: string }) => void now().fetchThread(token).catch(() => undefined),
  thread: ({ token }: { token: string }) => now().fetchThread(token),
  reconnect: () => now().reconnect(),
  sent: () => sent,
  state: () => {
    const { conversations, threads, link, trouble, session } = now().state.get();
    return { conversations, threads, link, trouble, token: session?.token, pending: now().pending.get() };
  },
  named: ({ group }: { group: string }) => now().named(group),
  differences,
});

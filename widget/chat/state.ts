/** What a visitor's conversations are: pure functions from what was known and what the server said to what is known now. */

import type { Item } from "../shared/outbox.ts";
import type { FileView, VisitorConversation, VisitorEvent, VisitorMessage, VisitorThread } from "../shared/wire.ts";

/** Messages by `seq`, oldest first. `loaded`: the newest page was fetched, and events keep it whole. `more`: there are older ones. */
export interface Thread {
  messages: readonly VisitorMessage[];
  loaded: boolean;
  more: boolean;
}

export interface Chats {
  conversations: Readonly<Record<string, VisitorConversation>>;
  threads: Readonly<Record<string, Thread>>;
  /** How far this browser has shown each conversation; the server may not know yet. */
  seen: Readonly<Record<string, number>>;
}

/** What waits in the outbox: a message, or the wish for a person. */
export interface Outgoing {
  content: string;
  files: FileView[];
  handoff?: true;
}
export type Pending = Item<Outgoing>;

export const NOTHING: Chats = { conversations: {}, threads: {}, seen: {} };
const UNREAD: Thread = { messages: [], loaded: false, more: false };

/** Keeps the newer of what is known and `conversation`: events and answers may overtake each other. */
export function withConversation<C extends Chats>(chats: C, conversation: VisitorConversation): C {
  const known = chats.conversations[conversation.token];
  if (known && known.version >= conversation.version) return chats;
  return { ...chats, conversations: { ...chats.conversations, [conversation.token]: conversation } };
}

const withThread = <C extends Chats>(chats: C, token: string, thread: Thread): C => ({ ...chats, threads: { ...chats.threads, [token]: thread } });

function merged(one: readonly VisitorMessage[], other: readonly VisitorMessage[]): VisitorMessage[] {
  const bySeq = new Map([...one, ...other].map((message) => [message.seq, message]));
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

export function withMessage<C extends Chats>(chats: C, conversation: VisitorConversation, message: VisitorMessage): C {
  const { token } = conversation;
  const thread = chats.threads[token];
  // Nothing came before the first message: this is the whole thread.
  const begun = thread ?? { ...UNREAD, loaded: message.seq === 1 };
  const after = begun.messages.some(({ seq }) => seq === message.seq) ? chats : withThread(chats, token, { ...begun, messages: merged(begun.messages, [message]) });
  return withConversation(after, conversation);
}

export const withEvent = <C extends Chats>(chats: C, event: VisitorEvent): C =>
  event.type === "message.created" ? withMessage(chats, event.conversation, event.message) : withConversation(chats, event.conversation);

/** Adds a fetched page: the newest one, or an `older` one. */
export function withPage<C extends Chats>(chats: C, { conversation, messages, has_more }: VisitorThread, older: boolean): C {
  const { token } = conversation;
  const known = chats.threads[token] ?? UNREAD;
  const first = messages[0]?.seq ?? 0;
  // A newest page that does not reach what is known leaves a gap: what lies before it is forgotten.
  const touches = older || !has_more || known.messages.some(({ seq }) => seq === first);
  const kept = touches ? known.messages : known.messages.filter(({ seq }) => seq > first);
  const more = older || !touches || !known.messages[0] || known.messages[0].seq >= first ? has_more : known.more;
  return withConversation(withThread(chats, token, { messages: merged(kept, messages), loaded: older ? known.loaded : true, more }), conversation);
}

/** The list of conversations as it is now; events could not be replayed up to here, so no thread is whole any more. */
export function withList<C extends Chats>(chats: C, items: readonly VisitorConversation[]): C {
  const threads = Object.fromEntries(Object.entries(chats.threads).map(([token, thread]) => [token, { ...thread, loaded: false }]));
  return items.reduce<C>(withConversation, { ...chats, threads });
}

export function withSeen<C extends Chats>(chats: C, token: string, seq: number): C {
  return seq > (chats.seen[token] ?? 0) ? { ...chats, seen: { ...chats.seen, [token]: seq } } : chats;
}

/** Last active first. */
export const listed = (conversations: Chats["conversations"]): VisitorConversation[] =>
  Object.values(conversations).sort((a, b) => (a.last_activity_at < b.last_activity_at ? 1 : -1));

const readUpTo = ({ seen }: Chats, { token, read_seq }: VisitorConversation): number => Math.max(read_seq, seen[token] ?? 0);

/** What others wrote and the visitor has not seen, as far as it is loaded. */
export function unreadMessages(chats: Chats, conversation: VisitorConversation): VisitorMessage[] {
  const read = readUpTo(chats, conversation);
  return (chats.threads[conversation.token]?.messages ?? []).filter(({ seq, sender_type }) => seq > read && sender_type !== "contact");
}

/** At least 1 where something is unread: notes share the numbers, so they cannot be counted by. */
export const unreadIn = (chats: Chats, conversation: VisitorConversation): number =>
  conversation.last_seq > readUpTo(chats, conversation) ? Math.max(1, unreadMessages(chats, conversation).length) : 0;

export const unread = (chats: Chats): number => Object.values(chats.conversations).reduce((sum, each) => sum + unreadIn(chats, each), 0);

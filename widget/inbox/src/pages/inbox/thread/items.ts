/** What stands in a thread, one under the other: pure, from its pages. */
import type { MessageView, ThreadPage, TimelineView } from "#shared/wire.ts";

export type Item =
  | { kind: "day"; key: string; at: string }
  | { kind: "new"; key: string }
  | { kind: "line"; key: string; line: TimelineView }
  | { kind: "message"; key: string; message: MessageView; /** Begins a run of one sender: with name and avatar. */ first: boolean };

const RUN_MS = 5 * 60_000;

const dayOf = (at: string): string => new Date(at).toDateString();

function isRun(before: MessageView | undefined, message: MessageView): boolean {
  return (
    before !== undefined &&
    before.sender_type === message.sender_type &&
    before.sender_id === message.sender_id &&
    before.is_internal === message.is_internal &&
    Date.parse(message.created_at) - Date.parse(before.created_at) < RUN_MS
  );
}

/** Its writer took it back: nothing is left of it but its number. */
export const isWithdrawn = ({ content, files }: MessageView): boolean => content === "" && (files ?? []).length === 0;

/**
 * The items of the loaded pages, oldest first. `pages[0]` is the newest. `unreadAfter`: a mark stands before the first message of somebody
 * else after this one.
 */
export function itemsOf(pages: readonly ThreadPage[], unreadAfter: number, userId: number): Item[] {
  const oldestFirst = [...pages].reverse();
  const messages = oldestFirst.flatMap((page) => page.messages).filter((message) => !isWithdrawn(message));
  const lines = oldestFirst.flatMap((page) => page.lines).sort((a, b) => a.after_seq - b.after_seq || a.id - b.id);
  const items: Item[] = [];
  let day: string | undefined;
  let marked = false;
  let before: MessageView | undefined;
  let next = 0;

  const separate = (at: string): void => {
    if (dayOf(at) === day) return;
    day = dayOf(at);
    before = undefined;
    items.push({ kind: "day", key: `day ${day}`, at });
  };
  const linesUpTo = (seq: number): void => {
    for (; next < lines.length && lines[next]!.after_seq < seq; next++) {
      const line = lines[next]!;
      separate(line.created_at);
      before = undefined;
      items.push({ kind: "line", key: `line ${line.id}`, line });
    }
  };

  for (const message of messages) {
    linesUpTo(message.seq);
    separate(message.created_at);
    const isOwn = message.sender_type === "user" && message.sender_id === userId;
    if (!marked && message.seq > unreadAfter && !isOwn) {
      marked = true;
      before = undefined;
      items.push({ kind: "new", key: "new" });
    }
    items.push({ kind: "message", key: `message ${message.seq}`, message, first: !isRun(before, message) });
    before = message;
  }
  linesUpTo(Infinity);
  return items;
}

/** The last message to the customer that the customer has seen. */
export const lastSeen = (pages: readonly ThreadPage[], contactReadSeq: number): number =>
  pages.flatMap(({ messages }) => messages).reduce((seen, { seq, sender_type, is_internal }) => (sender_type !== "contact" && !is_internal && seq <= contactReadSeq && seq > seen ? seq : seen), 0);

/** A thread as it is drawn. */

import type { VisitorMessage } from "../shared/wire.ts";
import type { Pending } from "./state.ts";

export type Row =
  | { kind: "day"; key: string; at: string }
  | { kind: "joined"; key: string; name: string }
  | { kind: "message"; key: string; message: VisitorMessage; opens: boolean; ends: boolean }
  | { kind: "pending"; key: string; item: Pending; opens: boolean; ends: boolean };

const GROUP_MS = 5 * 60_000; // what one sender writes within it stands together

/** A thread as it is drawn: days, who joined, messages in groups, and last what is not acknowledged yet. */
export function rows(messages: readonly VisitorMessage[], pending: readonly Pending[]): Row[] {
  const arrived = new Set(messages.map(({ client_id }) => client_id));
  const waiting = pending.filter((item) => !arrived.has(item.id) && !item.payload.handoff);
  const all = [
    ...messages.map((message) => ({ message, at: Date.parse(message.created_at), sender: `${message.sender_type} ${message.sender_name}` })),
    ...waiting.map((item) => ({ item, at: item.at, sender: "contact" })),
  ];
  // The visitor's name may change between two messages; it is still the visitor.
  const sender = (index: number): string | undefined => all[index]?.sender.replace(/^contact .*/, "contact");
  const joined = new Set<string>();
  const drawn: Row[] = [];
  for (const [index, each] of all.entries()) {
    const before = all[index - 1];
    const next = all[index + 1];
    const day = new Date(each.at).toDateString();
    const newDay = !before || new Date(before.at).toDateString() !== day;
    if (newDay) drawn.push({ kind: "day", key: day, at: new Date(each.at).toISOString() });
    const opens = newDay || sender(index - 1) !== sender(index) || each.at - before.at > GROUP_MS;
    const ends = !next || sender(index + 1) !== sender(index) || next.at - each.at > GROUP_MS;
    if ("item" in each) {
      drawn.push({ kind: "pending", key: each.item.id, item: each.item, opens, ends });
      continue;
    }
    const { message } = each;
    if (message.sender_type === "user" && !joined.has(message.sender_name)) {
      joined.add(message.sender_name);
      if (before) drawn.push({ kind: "joined", key: `joined ${message.sender_name}`, name: message.sender_name });
    }
    // A message that was pending keeps its key: the element stays, and nothing flashes.
    const key = message.sender_type === "contact" ? (message.client_id ?? String(message.seq)) : String(message.seq);
    drawn.push({ kind: "message", key, message, opens, ends });
  }
  return drawn;
}

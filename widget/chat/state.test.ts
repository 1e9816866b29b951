import assert from "node:assert/strict";
import { test } from "node:test";
import type { VisitorConversation, VisitorEvent, VisitorMessage } from "../shared/wire.ts";
import { rows } from "./rows.ts";
import { listed, NOTHING, unread, unreadIn, withConversation, withEvent, withList, withMessage, withPage, withSeen, type Chats, type Pending } from "./state.ts";

const conversation = (version: number, more: Partial<VisitorConversation> = {}): VisitorConversation => ({
  token: "a", subject: "Lamp", status: "open", handler: "ai", last_seq: version, read_seq: 0, last_activity_at: `2026-11-22T10:00:0${version % 10}Z`, version, ...more,
}); // prettier-ignore
const message = (seq: number, more: Partial<VisitorMessage> = {}): VisitorMessage => ({
  seq, sender_type: "ai", sender_name: "AI agent", content: `m${seq}`, client_id: `client-${seq}`, sources: [], files: [], created_at: `2026-11-22T10:00:${String(seq).padStart(2, "0")}Z`, ...more,
}); // prettier-ignore
const created = (seq: number, more: Partial<VisitorMessage> = {}): VisitorEvent => ({ type: "message.created", conversation: conversation(seq), message: message(seq, more) });
const seqs = (chats: Chats): number[] => chats.threads["a"]?.messages.map(({ seq }) => seq) ?? [];
const pending = (id: string, at: number, more: Partial<Pending> = {}): Pending => ({ id, group: "a", payload: { content: id, files: [] }, at, ...more });

test("any order and any repetition of events ends in the same state", () => {
  const events: VisitorEvent[] = [...[1, 2, 3, 5, 6].map((seq) => created(seq)), { type: "conversation.changed", conversation: conversation(4, { status: "resolved" }) }];
  const wanted = events.reduce(withEvent, NOTHING);
  assert.deepEqual(seqs(wanted), [1, 2, 3, 5, 6]);
  for (let seed = 1; seed < 200; seed++) {
    let state = seed;
    const random = (): number => (state = (Math.imul(state, 48271) >>> 0) % 2147483647) / 2147483647;
    const shuffled = [...events, ...events.filter(() => random() < 0.5)].map((event) => [random(), event] as const).sort((a, b) => a[0] - b[0]);
    const got = shuffled.map(([, event]) => event).reduce(withEvent, NOTHING);
    assert.deepEqual(got.conversations, wanted.conversations);
    assert.deepEqual(seqs(got), seqs(wanted));
  }
});

test("a message stays as it was fetched, though an older telling of it comes late", () => {
  const page = { conversation: conversation(2), messages: [message(1, { sender_name: "Maya" })], has_more: false };
  const known = withPage(NOTHING, page, false);
  assert.equal(withEvent(known, created(1, { sender_name: "" })).threads, known.threads);
});

test("what is not newer is ignored, and the same object comes back", () => {
  const known = withConversation(NOTHING, conversation(5, { status: "resolved" }));
  assert.equal(withConversation(known, conversation(4)), known);
  assert.equal(withConversation(known, conversation(5)), known);
  assert.equal(withConversation(known, conversation(6)).conversations["a"]!.status, "open");
});

test("a message with an older conversation still counts as a message", () => {
  const known = withConversation(NOTHING, conversation(9));
  const after = withEvent(known, created(3));
  assert.deepEqual(seqs(after), [3]);
  assert.equal(after.conversations["a"]!.version, 9);
});

test("pages join, and events that came before a page are kept", () => {
  const early = withEvent(NOTHING, created(7));
  const newest = withPage(early, { conversation: conversation(6), messages: [message(5), message(6)], has_more: true }, false);
  assert.deepEqual(seqs(newest), [5, 6, 7]);
  assert.deepEqual([newest.threads["a"]!.loaded, newest.threads["a"]!.more], [true, true]);
  const older = withPage(newest, { conversation: conversation(7), messages: [message(3), message(4)], has_more: false }, true);
  assert.deepEqual(seqs(older), [3, 4, 5, 6, 7]);
  assert.equal(older.threads["a"]!.more, false);
});

test("after a resync a newest page that does not reach what was known drops it, one that does keeps it", () => {
  const known = withPage(NOTHING, { conversation: conversation(3), messages: [message(1), message(2), message(3)], has_more: false }, false);
  const stale = withList(known, [conversation(40)]);
  assert.equal(stale.threads["a"]!.loaded, false);
  const far = withPage(stale, { conversation: conversation(40), messages: [message(39), message(40)], has_more: true }, false);
  assert.deepEqual([seqs(far), far.threads["a"]!.more], [[39, 40], true]);
  const near = withPage(stale, { conversation: conversation(40), messages: [message(3), message(4)], has_more: true }, false);
  assert.deepEqual([seqs(near), near.threads["a"]!.more], [[1, 2, 3, 4], false]);
});

test("unread counts what others wrote and neither side has seen", () => {
  let chats = withConversation(NOTHING, conversation(8, { last_seq: 8, read_seq: 4 }));
  assert.equal(unread(chats), 1); // nothing loaded: at least one
  chats = [5, 6, 8].reduce((all, seq) => withMessage(all, conversation(8, { last_seq: 8, read_seq: 4 }), message(seq)), chats);
  assert.equal(unreadIn(chats, chats.conversations["a"]!), 3);
  chats = withSeen(chats, "a", 6);
  assert.equal(unread(chats), 1);
  assert.equal(unread(withSeen(chats, "a", 8)), 0);
  assert.equal(withSeen(chats, "a", 2), chats);
});

test("conversations are listed by their last activity", () => {
  const chats = withList(NOTHING, [conversation(1, { token: "x" }), conversation(3, { token: "y" }), conversation(2, { token: "z" })]);
  assert.deepEqual(listed(chats.conversations).map(({ token }) => token), ["y", "z", "x"]);
});

test("a thread is drawn with days, groups, who joined, and what is pending at its end", () => {
  const at = Date.parse("2026-11-23T10:00:00");
  const drawn = rows(
    [
      message(1, { sender_type: "contact", sender_name: "" }),
      message(2),
      message(3),
      message(4, { sender_type: "user", sender_name: "Mia" }),
      message(5, { sender_type: "user", sender_name: "Mia" }),
    ],
    [pending("client-1", at), pending("later", at), pending("person", at, { payload: { content: "", files: [], handoff: true } })],
  );
  assert.deepEqual(
    drawn.map((row) => (row.kind === "message" ? `${row.message.seq}${row.opens ? " opens" : ""}${row.ends ? " ends" : ""}` : row.kind === "pending" ? row.item.id : row.kind)),
    ["day", "1 opens ends", "2 opens", "3 ends", "joined", "4 opens", "5 ends", "day", "later"],
  );
});

test("a message keeps its key when it is acknowledged", () => {
  const before = rows([], [pending("client-1", Date.parse("2026-11-22T10:00:01Z"))]);
  const after = rows([message(1, { sender_type: "contact", sender_name: "Ana" })], []);
  assert.deepEqual(after.map(({ key }) => key), before.map(({ key }) => key));
});

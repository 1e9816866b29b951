import assert from "node:assert/strict";
import { test } from "node:test";
import type { MessageView, ThreadPage, TimelineView } from "#shared/wire.ts";
import { itemsOf, lastSeen } from "./items.ts";

const at = (minutes: number): string => new Date(2026, 10, 22, 12, minutes).toISOString();

function message(seq: number, minutes: number, changes: Partial<MessageView> = {}): MessageView {
  return { id: seq, conversation_id: 1, seq, sender_type: "contact", sender_id: 1, sender_name: "", content: "Hello", is_internal: false, client_id: null, sources: [], decision_id: null, created_at: at(minutes), ...changes };
}
const line = (id: number, after_seq: number, minutes: number): TimelineView => ({ id, after_seq, kind: "resolved", by: { kind: "user", name: "Maya" }, data: {}, created_at: at(minutes) });
const page = (messages: MessageView[], lines: TimelineView[] = []): ThreadPage => ({ messages, lines, has_more: false });
const shape = (pages: ThreadPage[], unreadAfter = Infinity, user = 0): string[] => itemsOf(pages, unreadAfter, user).map(({ key }) => key.replace(/^day .*/, "day"));

test("lines stand after the message they follow, pages oldest first", () => {
  const older = page([message(1, 0), message(2, 1)], [line(1, 0, 0), line(2, 1, 1)]);
  const newest = page([message(3, 2)], [line(3, 3, 3)]);
  assert.deepEqual(shape([newest, older]), ["day", "line 1", "message 1", "line 2", "message 2", "message 3", "line 3"]);
});

test("of a message that was withdrawn nothing is left", () => {
  const withdrawn = message(2, 1, { sender_type: "user", content: "", is_internal: true });
  assert.deepEqual(shape([page([message(1, 0), withdrawn], [line(1, 2, 2)])]), ["day", "message 1", "line 1"]);
});

test("each day has its heading", () => {
  assert.deepEqual(shape([page([message(1, 0), message(2, 24 * 60), message(3, 24 * 60 + 1)])]), ["day", "message 1", "day", "message 2", "message 3"]);
});

test("a run has one heading, and ends with another sender, kind, line or a pause", () => {
  const messages = [message(1, 0), message(2, 1), message(3, 10), message(4, 11, { sender_type: "user", sender_id: 2 }), message(5, 11, { sender_type: "user", sender_id: 2, is_internal: true }), message(6, 12, { sender_type: "user", sender_id: 2, is_internal: true })];
  const firsts = itemsOf([page(messages, [line(1, 5, 11)])], Infinity, 0).flatMap((item) => (item.kind === "message" && item.first ? [item.message.seq] : []));
  assert.deepEqual(firsts, [1, 3, 4, 5, 6]);
});

test("the mark of what is new stands before the first unread message of somebody else", () => {
  const own = { sender_type: "user", sender_id: 7 } as const;
  assert.deepEqual(shape([page([message(1, 0), message(2, 1, own), message(3, 2), message(4, 3)])], 1, 7), ["day", "message 1", "message 2", "new", "message 3", "message 4"]);
  assert.ok(!shape([page([message(1, 0), message(2, 1, own)])], 1, 7).includes("new"));
});

test("seen is the last public message of ours that the customer has read", () => {
  const ours = { sender_type: "user" } as const;
  const pages = [page([message(1, 0), message(2, 1, ours), message(3, 2, { ...ours, is_internal: true }), message(4, 3, ours)])];
  assert.equal(lastSeen(pages, 3), 2);
  assert.equal(lastSeen(pages, 4), 4);
  assert.equal(lastSeen(pages, 1), 0);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConversationView, ListedConversation, MessageView, ThreadPage, TimelineView } from "#shared/wire.ts";
import { matches, order, sorts, statuses, views, type Filters } from "../data/filters.ts";
import { hasGap, inCounts, inList, inThread, listed, readInList, type ListPages, type ThreadPages } from "./reducers.ts";

const ME = 7;
const NOW = Date.parse("2026-11-22T12:00:00Z");
const viewer = { user_id: ME };
const at = (minutes: number): string => new Date(NOW + minutes * 60_000).toISOString();

function conversation(id: number, changes: Partial<ConversationView> = {}): ConversationView {
  return {
    id, number: 1000 + id, inbox_id: 1, contact_id: id, contact_name: "Ines", channel: "chat", subject: "", status: "open", priority: "medium", category: null, tags: [],
    assignee_id: null, team_id: null, handler: "human", handler_epoch: 0, snoozed_until: null, waiting_since: null, preview: "", last_seq: 1, public_seq: 1,
    last_activity_at: at(-id), contact_read_seq: 0, first_response_at: null, resolved_at: null, closed_at: null, version: 1, created_at: at(-60), token: `t${id}`, ...changes,
  };
}

const row = (view: ConversationView, read_seq = 0): ListedConversation => ({ conversation: view, read_seq });
const latest: Filters = { view: "all", status: "active", sort: "latest" };
const ids = (list: ListPages): number[] => list.pages.flatMap(({ items }) => items.map((item) => item.conversation.id));

/** What the server would answer, in pages. */
function fetched(all: readonly ConversationView[], filters: Filters, size: number, pages = Infinity): ListPages {
  const rows = all.filter((each) => matches(each, filters, ME)).sort((a, b) => order(a, b, filters.sort)).map((each) => row(each));
  const out: ListPages["pages"] = [];
  for (let start = 0; (start === 0 || start < rows.length) && out.length < pages; start += size)
    out.push({ items: rows.slice(start, start + size), next: start + size < rows.length ? `after ${start + size}` : null, live_cursor: "0.0", end: rows[Math.min(start + size, rows.length) - 1]?.conversation });
  return { pages: out, pageParams: out.map(() => null) };
}

/** A small generator, so that a failure can be repeated. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const pick = <T>(values: readonly T[], next: (below: number) => number): T => values[next(values.length)]!;

function changed(before: ConversationView, next: (below: number) => number): ConversationView {
  return {
    ...before,
    version: before.version + 1,
    status: pick(["open", "open", "pending", "resolved", "closed"] as const, next),
    priority: pick(["low", "medium", "high", "urgent"] as const, next),
    assignee_id: pick([null, ME, 8], next),
    team_id: pick([null, 1], next),
    handler: pick(["ai", "human"] as const, next),
    tags: pick([[], ["vip"]], next),
    snoozed_until: pick([null, null, at(60), at(-5)], next),
    waiting_since: pick([null, at(-next(500))], next),
    last_activity_at: at(-next(500)),
  };
}

test("a list after many events is the list that the server would answer", () => {
  for (let seed = 1; seed <= 60; seed++) {
    const next = random(seed);
    const filters: Filters = { view: pick(views, next), status: pick(statuses, next), sort: pick(sorts, next), ...(next(3) ? {} : { tag: "vip" }), ...(next(4) ? {} : { team_id: 1 }) };
    const all = new Map(Array.from({ length: 30 }, (_, index) => [index + 1, changed(conversation(index + 1), next)]));
    let list = fetched([...all.values()], filters, 7);
    for (let step = 0; step < 40; step++) {
      const id = 1 + next(34); // some of them new
      const after = changed(all.get(id) ?? conversation(id), next);
      all.set(id, after);
      list = inList(list, row(after), filters, viewer);
    }
    assert.deepEqual(ids(list), ids(fetched([...all.values()], filters, 7)), `seed ${seed}`);
  }
});

test("a list that is not loaded to its end is the beginning of the list that the server would answer, down to where the next page begins", () => {
  for (let seed = 1; seed <= 60; seed++) {
    const next = random(seed);
    const filters: Filters = { view: pick(views, next), status: pick(statuses, next), sort: pick(sorts, next) };
    const all = new Map(Array.from({ length: 30 }, (_, index) => [index + 1, changed(conversation(index + 1), next)]));
    let list = fetched([...all.values()], filters, 3, 2);
    const last = list.pages.at(-1)!;
    for (let step = 0; step < 40; step++) {
      const id = 1 + next(34);
      const after = changed(all.get(id) ?? conversation(id), next);
      all.set(id, after);
      list = inList(list, row(after), filters, viewer);
    }
    const whole = fetched([...all.values()], filters, 100).pages[0]!.items.map((item) => item.conversation);
    const loaded = last.next === null ? whole : whole.filter((each) => order(each, last.end!, filters.sort) <= 0);
    assert.deepEqual(ids(list), loaded.map(({ id }) => id), `seed ${seed}`);
  }
});

test("times within one millisecond keep the server's order", () => {
  const [one, other] = ["2026-11-22T12:00:00.000001Z", "2026-11-22T12:00:00.000002Z"].map((last_activity_at, id) => conversation(9 - id, { last_activity_at }));
  assert.ok(order(one!, other!, "latest") > 0);
  assert.ok(order(one!, conversation(1, { last_activity_at: "2026-11-22T12:00:00Z" }), "latest") < 0);
  const same = ["2026-11-22T12:00:00.13264+00:00", "2026-11-22T12:00:00.132640Z"].map((last_activity_at) => conversation(1, { last_activity_at }));
  assert.equal(order(same[0]!, same[1]!, "latest"), 0);
  assert.ok(order(conversation(1, { waiting_since: null }), conversation(2, { waiting_since: at(0) }), "waiting") > 0);
});

test("what sorts below the last loaded row waits for the next page", () => {
  const all = Array.from({ length: 10 }, (_, index) => conversation(index + 1));
  const list = fetched(all, latest, 4, 1);
  const below = conversation(50, { last_activity_at: at(-400) });
  assert.deepEqual(ids(inList(list, row(below), latest, viewer)), [1, 2, 3, 4]);
  const above = conversation(51, { last_activity_at: at(0) });
  assert.deepEqual(ids(inList(list, row(above), latest, viewer)), [51, 1, 2, 3, 4]);
});

test("an event that is not newer changes nothing, not even the object", () => {
  const list = fetched([conversation(1, { version: 5 }), conversation(2)], latest, 10);
  for (const version of [3, 5]) assert.equal(inList(list, row(conversation(1, { version, status: "resolved" })), latest, viewer), list);
  assert.deepEqual(ids(inList(list, row(conversation(1, { version: 6, status: "resolved" })), latest, viewer)), [2]);
});

test("an optimistic change and its rollback are taken without a newer version", () => {
  const before = conversation(1, { version: 5 });
  const list = fetched([before, conversation(2)], latest, 10);
  const gone = inList(list, row({ ...before, status: "resolved" }), latest, viewer, true);
  assert.deepEqual(ids(gone), [2]);
  assert.deepEqual(ids(inList(gone, row(before), latest, viewer, true)), [1, 2]);
});

test("what is not listed and does not belong there leaves the list as it is", () => {
  const list = fetched([conversation(1)], latest, 10);
  assert.equal(inList(list, row(conversation(9, { status: "closed" })), latest, viewer), list);
});

test("read marks never go back, and survive a newer version", () => {
  const list = fetched([conversation(1, { last_seq: 9 })], latest, 10);
  const read = readInList(list, 1, 6);
  assert.equal(listed(read, 1)?.read_seq, 6);
  assert.equal(readInList(read, 1, 4), read);
  assert.equal(listed(inList(read, row(conversation(1, { version: 2 }), 3), latest, viewer), 1)?.read_seq, 6);
});

test("a snooze goes on until the server ends it, whatever the clock here says", () => {
  for (const minutes of [-1, 1]) {
    const snoozed = conversation(1, { snoozed_until: at(minutes) });
    assert.equal(matches(snoozed, latest, ME), false);
    assert.equal(matches(snoozed, { ...latest, status: "snoozed" }, ME), true);
  }
  assert.equal(matches(conversation(1), latest, ME), true);
});

test("counts follow a conversation through assignment, takeover and resolution", () => {
  const counts = { all: 4, mine: 1, unassigned: 2, ai: 1 };
  const ai = conversation(1, { handler: "ai" });
  const unassigned = conversation(1, { handler: "human" });
  const mine = conversation(1, { assignee_id: ME });
  const resolved = conversation(1, { assignee_id: ME, status: "resolved" });
  const first = inCounts(counts, ai, unassigned, viewer);
  assert.deepEqual(first, { all: 4, mine: 1, unassigned: 3, ai: 0 });
  const second = inCounts(first, unassigned, mine, viewer);
  assert.deepEqual(second, { all: 4, mine: 2, unassigned: 2, ai: 0 });
  assert.deepEqual(inCounts(second, mine, resolved, viewer), { all: 3, mine: 1, unassigned: 2, ai: 0 });
  assert.equal(inCounts(counts, mine, mine, viewer), counts);
  assert.deepEqual(inCounts(counts, undefined, ai, viewer), { all: 5, mine: 1, unassigned: 2, ai: 2 });
});

function message(seq: number): MessageView {
  return { id: seq, conversation_id: 1, seq, sender_type: "contact", sender_id: 1, sender_name: "", content: `m${seq}`, is_internal: false, client_id: null, sources: [], decision_id: null, created_at: at(seq) };
}
const line = (id: number, after_seq: number): TimelineView => ({ id, after_seq, kind: "resolved", by: { kind: "user", name: "Maya" }, data: {}, created_at: at(id) });
const page = (seqs: number[], lines: TimelineView[] = []): ThreadPage => ({ messages: seqs.map(message), lines, has_more: false });
const thread = (...pages: ThreadPage[]): ThreadPages => ({ pages, pageParams: pages.map(() => null) });

test("messages and lines come into a thread once, in their order", () => {
  const start = thread(page([3, 4], [line(1, 3)]), page([1, 2]));
  let now = start;
  for (const seq of [6, 5, 5, 4, 1]) now = inThread(now, message(seq), undefined);
  assert.deepEqual(now.pages[0]!.messages.map(({ seq }) => seq), [3, 4, 5, 6]);
  assert.deepEqual(now.pages[1], start.pages[1]);
  now = inThread(now, undefined, line(2, 4));
  now = inThread(now, undefined, line(2, 4));
  assert.deepEqual(now.pages[0]!.lines.map(({ id }) => id), [1, 2]);
  assert.equal(inThread(now, message(2), line(1, 3)), now);
});

test("a message that is not the next one shows a gap", () => {
  assert.equal(hasGap(thread(page([1, 2])), 3), false);
  assert.equal(hasGap(thread(page([1, 2])), 4), true);
  assert.equal(hasGap(thread(page([1, 2])), 2), false);
  assert.equal(hasGap(thread(page([])), 1), false);
});

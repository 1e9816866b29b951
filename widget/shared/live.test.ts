/* oxlint-disable no-await-in-loop -- one step after the other is what is tested */
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { live, type Credentials, type Handlers, type Live, type Socket, type Status } from "./live.ts";
import type { ClientFrame, ServerFrame, TypingFrame } from "./wire.ts";

type Event = { type: string };

/** The server's end of one connection. */
class Wire implements Socket {
  onmessage: Socket["onmessage"] = null;
  onclose: Socket["onclose"] = null;
  said: ClientFrame[] = [];
  closed = false;
  send(data: string): void {
    this.said.push(JSON.parse(data) as ClientFrame);
  }
  close(): void {
    this.closed = true;
  }
  says(frame: ServerFrame): void {
    this.onmessage?.call(this as unknown as WebSocket, { data: JSON.stringify(frame) } as MessageEvent);
  }
  cut(code = 1006, reason = ""): void {
    this.onclose?.call(this as unknown as WebSocket, { code, reason } as CloseEvent);
  }
  greet(cursor = "c0"): this {
    this.says({ op: "hello", heartbeat_s: 20, auth_s: 10 });
    this.says({ op: "authenticated", kind: "visitor" });
    this.says({ op: "live", cursor, replayed: 0 });
    return this;
  }
  heard<O extends ClientFrame["op"]>(op: O): Extract<ClientFrame, { op: O }>[] {
    return this.said.filter((frame): frame is Extract<ClientFrame, { op: O }> => frame.op === op);
  }
}

const page = new EventTarget();
let wires: Wire[] = [];
let states: Status[] = [];
let opened: Live | undefined;
const last = (): Wire => wires.at(-1)!;
const turn = async (): Promise<void> => {
  for (let i = 0; i < 5; i++) await Promise.resolve();
};
const tick = async (ms: number): Promise<void> => {
  mock.timers.tick(ms);
  await turn();
};

async function start(given: Partial<Handlers<Event>> = {}, cursor?: string): Promise<Live> {
  opened = live<Event>(
    { url: "wss://a.example/ws", credentials: () => ({ token: "t", key: "k" }), event: () => undefined, resync: () => undefined, ...given },
    () => {
      wires.push(new Wire());
      return last();
    },
    page,
  );
  opened.status.subscribe(() => states.push(opened!.status.get()));
  opened.connect(cursor);
  await turn();
  return opened;
}

beforeEach(() => {
  wires = [];
  states = [];
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
});
afterEach(() => {
  opened?.close();
  mock.timers.reset();
});

test("it authenticates first, subscribes after the stored cursor and is live when replay is over", async () => {
  const seen: string[] = [];
  const client = await start({ event: ({ type }) => seen.push(type), cursor: (cursor) => seen.push(cursor) }, "c7");
  assert.equal(last().said.length, 0);
  last().says({ op: "hello", heartbeat_s: 20, auth_s: 10 });
  assert.deepEqual(last().said, [{ op: "auth", token: "t", key: "k" }]);
  last().says({ op: "authenticated", kind: "visitor" });
  assert.deepEqual(last().said[1], { op: "subscribe", cursor: "c7" });
  last().says({ op: "event", cursor: "c8", event: { type: "message.created" } });
  assert.equal(client.status.get(), "connecting");
  last().says({ op: "live", cursor: "c9", replayed: 1 });
  assert.equal(client.status.get(), "live");
  last().says({ op: "cursor", cursor: "c12" });
  assert.deepEqual(seen, ["message.created", "c8", "c9", "c12"]);
});

test("after a cut it comes back from the last cursor", async () => {
  const client = await start();
  last().greet("c3");
  last().says({ op: "event", cursor: "c4", event: { type: "x" } });
  last().cut();
  assert.equal(client.status.get(), "offline");
  await tick(300);
  assert.equal(wires.length, 2);
  last().says({ op: "hello", heartbeat_s: 20, auth_s: 10 });
  last().says({ op: "authenticated", kind: "visitor" });
  assert.deepEqual(last().heard("subscribe"), [{ op: "subscribe", cursor: "c4" }]);
  assert.deepEqual(states, ["connecting", "live", "offline", "connecting"]);
});

test("pauses grow with full jitter up to 30 s, and steady life forgets failures", async () => {
  mock.method(Math, "random", () => 1);
  await start();
  for (let failures = 0; failures < 14; failures++) {
    const wait_ms = Math.floor(Math.min(30_000, 300 * 1.5 ** failures));
    const before = wires.length;
    last().cut(4201, "retry_after_ms=0");
    await tick(wait_ms - 1);
    assert.equal(wires.length, before, `sooner than ${wait_ms}`);
    await tick(2);
    assert.equal(wires.length, before + 1);
  }
  last().greet();
  await tick(10_000);
  last().cut(4201);
  await tick(300);
  assert.equal(wires.length, 16);
  mock.restoreAll();
});

test("41xx comes back at once, but not in a tight loop", async () => {
  mock.method(Math, "random", () => 1);
  const client = await start();
  last().greet().cut(4101);
  assert.equal(client.status.get(), "connecting");
  await tick(300);
  assert.equal(wires.length, 2);
  last().greet().cut(4101);
  await tick(300);
  assert.equal(wires.length, 2);
  await tick(150);
  assert.equal(wires.length, 3);
  mock.restoreAll();
});

test("a server that drains says when to come back", async () => {
  mock.method(Math, "random", () => 0);
  const client = await start();
  last().greet().cut(1012, "retry_after_ms=4000");
  assert.equal(client.status.get(), "connecting");
  await tick(3999);
  assert.equal(wires.length, 1);
  await tick(1);
  assert.equal(wires.length, 2);
  last().greet().cut(1012, "retry_after_ms=999999999");
  await tick(10_000);
  assert.equal(wires.length, 3);
  mock.restoreAll();
});

test("a page that is looked at again asks at once whether its link lives, and does not wait for the next try", async () => {
  await start();
  last().greet();
  page.dispatchEvent(new Event("visibilitychange"));
  assert.equal(last().heard("ping").length, 1);
  await tick(10_000);
  await tick(300);
  assert.equal(wires.length, 2);
  last().cut(4201);
  page.dispatchEvent(new Event("visibilitychange"));
  await turn();
  assert.equal(wires.length, 3);
});

test("44xx is the end, and connect starts anew", async () => {
  const codes: number[] = [];
  const client = await start({ ended: (code) => codes.push(code) });
  last().cut(4403);
  page.dispatchEvent(new Event("online"));
  await tick(60_000);
  assert.equal(client.status.get(), "ended");
  assert.equal(wires.length, 1);
  assert.deepEqual(codes, [4403]);
  client.connect();
  await turn();
  assert.equal(wires.length, 2);
});

test("authentication that took too long is a slow network, not a refusal", async () => {
  const client = await start();
  last().cut(4408);
  assert.equal(client.status.get(), "offline");
});

test("staff get one fresh ticket when theirs is refused; a visitor's token is final", async () => {
  let tickets = 0;
  const client = await start({ credentials: () => ({ ticket: `t${++tickets}` }) });
  last().cut(4401);
  await turn();
  assert.deepEqual([wires.length, tickets], [2, 2]);
  last().greet();
  assert.deepEqual(last().heard("auth"), [{ op: "auth", ticket: "t2" }]);
  last().cut(4401);
  await turn();
  assert.equal(wires.length, 3);
  last().cut(4401);
  await turn();
  assert.equal(client.status.get(), "ended");
  client.close();

  const visitor = await start();
  last().cut(4401);
  assert.equal(visitor.status.get(), "ended");
});

test("credentials are renewed in place before they run out, and nothing is subscribed twice", async () => {
  let tickets = 0;
  const client = await start({ credentials: () => (tickets < 2 ? { ticket: `t${++tickets}` } : Promise.reject(new Error("away"))) });
  last().greet().says({ op: "expiring", expires_s: 60 });
  await turn();
  last().says({ op: "authenticated", kind: "staff", expires_s: 3600 });
  assert.deepEqual(last().said.map((frame) => ("ticket" in frame ? frame.ticket : frame.op)), ["t1", "subscribe", "t2"]);
  last().says({ op: "expiring", expires_s: 60 });
  await turn();
  assert.deepEqual([wires.length, client.status.get()], [1, "live"]);
});

test("no ticket because signed out is the end; because of the network it is tried again", async () => {
  const refused = await start({ credentials: () => Promise.reject(Object.assign(new Error("x"), { status: 401 })) });
  assert.equal(refused.status.get(), "ended");
  refused.close();

  let ask = (): Promise<Credentials> => Promise.reject(Object.assign(new Error("x"), { status: 0 }));
  const lost = await start({ credentials: () => ask() });
  assert.equal(lost.status.get(), "offline");
  ask = () => Promise.resolve({ ticket: "t" });
  await tick(300);
  assert.equal(wires.length, 1);
});

test("resync names its reason and goes on live from the new place", async () => {
  const reasons: string[] = [];
  const client = await start({ resync: (reason) => reasons.push(reason) }, "old");
  last().says({ op: "hello", heartbeat_s: 20, auth_s: 10 });
  last().says({ op: "authenticated", kind: "visitor" });
  last().says({ op: "resync", reason: "too_far", cursor: "new" });
  assert.deepEqual(reasons, ["too_far"]);
  assert.equal(client.status.get(), "live");
  last().cut();
  await tick(300);
  last().says({ op: "hello", heartbeat_s: 20, auth_s: 10 });
  last().says({ op: "authenticated", kind: "visitor" });
  assert.deepEqual(last().heard("subscribe"), [{ op: "subscribe", cursor: "new" }]);
});

test("other rights: it comes back, and everything is fetched anew, once", async () => {
  const reasons: string[] = [];
  await start({ resync: (reason) => reasons.push(reason) });
  last().greet().cut(4101);
  await tick(300);
  last().greet();
  assert.deepEqual(reasons, ["access_changed"]);
  last().cut();
  await tick(300);
  last().greet();
  assert.equal(reasons.length, 1);
});

test("a connection that answers no ping is given up; one that answers stays", async () => {
  const client = await start();
  last().greet();
  for (let i = 0; i < 10; i++) {
    await tick(20_000);
    const ping = last().heard("ping").at(-1);
    if (ping) last().says({ op: "pong", n: ping.n });
  }
  assert.equal(wires.length, 1);
  assert.equal(client.status.get(), "live");
  await tick(20_000);
  await tick(10_000);
  await tick(300);
  assert.equal(wires.length, 2);
  assert.ok(wires[0]!.closed);
});

test("a server that greets and then says nothing is given up", async () => {
  await start();
  last().says({ op: "hello", heartbeat_s: 600, auth_s: 10 });
  await tick(20_000);
  await tick(300);
  assert.equal(wires.length, 2);
});

test("offline closes, online opens, and late words of a dead socket count for nothing", async () => {
  const seen: string[] = [];
  const client = await start({ event: ({ type }) => seen.push(type) });
  const dead = last().greet();
  page.dispatchEvent(new Event("offline"));
  assert.equal(client.status.get(), "offline");
  assert.ok(dead.closed);
  await tick(60_000);
  assert.equal(wires.length, 1);
  page.dispatchEvent(new Event("online"));
  await turn();
  last().greet();
  dead.says({ op: "event", cursor: "c1", event: { type: "stale" } });
  dead.cut(4403);
  assert.equal(client.status.get(), "live");
  assert.deepEqual(seen, []);
});

test("typing is told at most every 3 s, its end once, and only while live", async () => {
  const client = await start();
  client.typing("conv");
  last().greet();
  for (let i = 0; i < 40; i++) {
    client.typing("conv");
    await tick(100);
  }
  client.typing("conv", false);
  client.typing("conv", false);
  assert.deepEqual(
    last().heard("typing").map(({ active }) => active),
    [true, true, false],
  );
});

test("somebody who types is forgotten after a while, and when the connection is lost", async () => {
  const seen: boolean[] = [];
  const frame: TypingFrame = { op: "typing", conversation: "a", who: { kind: "user", name: "Mia", id: null }, active: true, note: false, expires_s: 6 };
  await start({ typing: ({ active }) => seen.push(active) });
  last().greet().says(frame);
  await tick(5000);
  last().says(frame);
  await tick(5999);
  assert.deepEqual(seen, [true, true]);
  await tick(1);
  assert.deepEqual(seen, [true, true, false]);
  last().says({ ...frame, active: false });
  assert.equal(seen.length, 3);
  last().says(frame);
  last().cut();
  assert.deepEqual(seen.slice(3), [true, false]);
});

test("what is on screen, and whether somebody is here, is told again after a reconnect", async () => {
  const client = await start();
  client.tell({ op: "view", conversation: 6 });
  client.tell({ op: "view", conversation: 7 });
  client.tell({ op: "presence", away: false });
  last().greet();
  assert.deepEqual(last().heard("view"), [{ op: "view", conversation: 7 }]);
  assert.deepEqual(last().heard("presence"), [{ op: "presence", away: false }]);
  client.tell({ op: "presence", away: true });
  assert.equal(last().heard("presence").length, 2);
  last().cut();
  await tick(300);
  last().greet();
  assert.deepEqual(last().heard("view"), [{ op: "view", conversation: 7 }]);
  assert.deepEqual(last().heard("presence"), [{ op: "presence", away: true }]);
});

test("frames that it knows nothing of are handed on", async () => {
  const seen: string[] = [];
  await start({ other: ({ op }) => seen.push(op) });
  last().greet().says({ op: "presence", people: [{ id: 1, status: "away" }], whole: true });
  last().says({ op: "viewers", conversation: 7, viewers: [] });
  assert.deepEqual(seen, ["presence", "viewers"]);
});

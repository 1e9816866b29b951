/**
 * A server that plays back what a real one said: its frames, and its answers after each step. Between it and the client anything may happen:
 * cuts with frames under way, deaf links, frames twice or out of order, restarts, a log that was forgotten, answers that come late.
 */

import { mock } from "node:test";

interface Step {
  frames: string[];
  answers: Record<string, [status: number, body: string]>;
}
type Told = { op: string; cursor?: string; event?: { type: string } };
export type Op = [name: string, n: number];

let steps: Step[] = [];
let log: string[] = [];
let upTo: number[] = [];
let heads: string[] = [];
let places = new Map<string, number>();
let now = 0; // the step that the server has come to
let wire: Wire | undefined;
let forgotten: string | undefined; // why the next subscription cannot be replayed
let ticketsRefused = 0;
let isOffline = false;
let held: (() => void)[] | undefined;
let chance = 1;
let passed_ms = 0; // beyond the real time

// Never reset: Node's mock would then take a cleared old timer for a new one. Hence a clock of our own.
mock.timers.enable({ apis: ["setTimeout"] });
const realNow = Date.now;
Date.now = () => realNow() + passed_ms;

function tick(ms: number): void {
  passed_ms += ms;
  mock.timers.tick(ms);
}

export const seen: Record<string, number> = {};

/** What happened in the schedules so far. */
const count = (name: string): number => (seen[name] = (seen[name] ?? 0) + 1);
const tellOf = (text: string): Told => JSON.parse(text) as Told;

function load(recorded: Step[]): void {
  steps = recorded;
  log = steps.flatMap(({ frames }) => frames);
  places = new Map(log.map((text, index) => [tellOf(text).cursor!, index + 1]));
  let total = 0;
  upTo = steps.map(({ frames }) => (total += frames.length));
  heads = steps.map(({ answers }, index) => {
    const cursors = Object.values(answers).flatMap(([, body]) => /"live_cursor":"([^"]+)"/.exec(body)?.[1] ?? []);
    // A frame may have come a moment after the answers that hold its effect: staff's cursors tell.
    const [, position] = /^\d+\.(\d+)$/.exec(cursors[0]!) ?? [];
    if (position !== undefined) upTo[index] = log.filter((text) => Number(tellOf(text).cursor!.split(".")[1]) <= Number(position)).length;
    for (const cursor of cursors) if (!places.has(cursor)) places.set(cursor, upTo[index]!);
    return cursors[0]!;
  });
}

/** The server's end of one connection. Nothing reaches the client before it is delivered. */
class Wire {
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  readyState = 1;
  queue: string[] = [];
  isDeaf = false;
  position: number | undefined;
  constructor() {
    wire = this;
    this.say({ op: "hello", heartbeat_s: 20, auth_s: 10 });
  }
  say(frame: object): void {
    this.carry(JSON.stringify(frame));
  }
  /** A deaf link carries nothing any more: one that lost frames and carried later ones would be no TCP. */
  carry(...texts: string[]): void {
    if (!this.isDeaf) this.queue.push(...texts);
  }
  close(): void {
    this.readyState = 3;
    if (wire === this) wire = undefined;
  }
  send(data: string): void {
    const frame = JSON.parse(data) as { op: string; n?: number; cursor?: string | null };
    if (frame.op === "auth") this.say({ op: "authenticated", kind: "staff", expires_s: 3600 });
    else if (frame.op === "ping") this.say({ op: "pong", n: frame.n });
    else if (frame.op === "subscribe") this.subscribe(frame.cursor ?? heads[now]!);
  }
  subscribe(cursor: string): void {
    const from = places.get(cursor);
    this.position = upTo[now]!;
    if (forgotten !== undefined || from === undefined) {
      this.say({ op: "resync", reason: forgotten ?? "invalid", cursor: heads[now] });
      forgotten = undefined;
      return;
    }
    const missed = log.slice(from, this.position);
    this.carry(...missed);
    this.say({ op: "live", cursor: heads[now], replayed: missed.length });
  }
  news(): void {
    if (this.position === undefined) return;
    this.carry(...log.slice(this.position, upTo[now]));
    this.position = Math.max(this.position, upTo[now]!);
  }
  deliver(most: number): void {
    for (let i = 0; i < most && wire === this && this.queue.length; i++) this.onmessage?.({ data: this.queue.shift()! });
  }
}
export const Socket = Wire;

/** What the server answers at this step, whenever that arrives. */
export async function fetch(path: string | URL, init: RequestInit = {}): Promise<Response> {
  const name = `${init.method === "POST" ? "POST " : ""}${String(path).replace(location.origin, "")}`;
  let [status, body] = steps[now]!.answers[name] ?? [404, '{"code":"not_found"}'];
  if (name === "POST /api/auth/ticket") [status, body] = ticketsRefused-- > 0 ? [503, '{"code":"unavailable"}'] : [200, '{"ticket":"t"}'];
  if (held) {
    count("late answer");
    await new Promise<void>((resolve) => held!.push(resolve));
  }
  return new Response(body || null, { status });
}

function release(): void {
  const waiting = held ?? [];
  held = undefined;
  for (const resolve of waiting) resolve();
}

/** Frames that may swap places: the state of a conversation has a version, what else there is has none. */
const isVersioned = (text: string): boolean => /"type":"(conversation|message)\./.test(text);

const ops: Record<string, (n: number) => void> = {
  happen: (n) => {
    if (wire?.position !== undefined) count("step while live");
    now = Math.min(steps.length - 1, now + 1 + (n % 3));
    wire?.news();
  },
  deliver: (n) => wire?.deliver(1 + (n % 12)),
  cut: (n) => {
    const cut = wire;
    wire = undefined;
    if (cut?.queue.length) count("frames lost in a cut");
    cut?.onclose?.({ code: [1006, 1012, 4100, 4101, 4201][n % 5]!, reason: "" });
  },
  deafen: () => {
    if (!wire) return;
    count("deaf link");
    wire.isDeaf = true;
    wire.queue = [];
  },
  double: (n) => {
    if (wire?.position === undefined || wire.queue.length) return;
    count("frames twice");
    wire.carry(...log.slice(Math.max(0, wire.position - 1 - (n % 5)), wire.position));
  },
  swap: (n) => {
    const queue = wire?.queue ?? [];
    const pairs = queue.flatMap((text, at) => (isVersioned(text) && isVersioned(queue[at + 1] ?? "") ? [at] : []));
    const at = pairs[n % pairs.length];
    if (at === undefined) return;
    count("frames out of order");
    queue.splice(at, 2, queue[at + 1]!, queue[at]!);
  },
  stale: (n) => {
    const text = log[n % (wire?.position ?? 1)];
    if (wire?.position === undefined || !text || !isVersioned(text)) return;
    count("an old frame again");
    wire.carry(text);
  },
  expire: () => wire?.say({ op: "expiring", expires_s: 60 }),
  forget: (n) => {
    if (n < 48) return; // seldom: nothing of what was before is left to be wrong
    count("log forgotten");
    forgotten = ["too_far", "epoch", "ahead"][n % 3]!;
  },
  refuse: (n) => void (ticketsRefused = n % 3),
  hold: () => void (held ??= []),
  release,
  wait: (n) => tick([10, 300, 2000, 31_000][n % 4]!),
  offline: () => {
    isOffline = true;
    dispatchEvent(new Event("offline"));
  },
  online: () => {
    if (isOffline) dispatchEvent(new Event("online"));
    isOffline = false;
  },
};
export const opNames = Object.keys(ops);

const turn = async (): Promise<void> => {
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve)); // oxlint-disable-line no-await-in-loop
};

export const commands = {
  record: ({ steps: recorded }: { steps: Step[] }) => load(recorded),
  rewind: async ({ seed }: { seed: number }) => {
    // What was begun ends first: a timer that never rings would be waited for.
    release();
    for (let i = 0; i < 4; i++) {
      tick(2000);
      await turn(); // oxlint-disable-line no-await-in-loop
    }
    passed_ms = ticketsRefused = 0;
    now = Math.floor((seed % 1000) / 1000 * (steps.length - 1));
    isOffline = false;
    wire = forgotten = held = undefined;
    chance = seed + 1;
    Math.random = () => (chance = (Math.imul(chance, 48271) >>> 0) % 2147483647) / 2147483647;
  },
  run: async ({ ops: wanted }: { ops: Op[] }) => {
    for (const [name, n] of wanted) {
      ops[name]!(n);
      await turn(); // oxlint-disable-line no-await-in-loop
    }
  },
  /** All is well from here on, and there is time. */
  calm: async () => {
    ticketsRefused = 0;
    forgotten = undefined;
    release();
    ops["online"]!(0);
    for (let i = 0; i < 160; i++) {
      wire?.deliver(Infinity);
      await turn(); // oxlint-disable-line no-await-in-loop
      tick(500);
    }
    return seen;
  },
};

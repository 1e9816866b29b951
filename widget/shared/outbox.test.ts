/* oxlint-disable no-await-in-loop -- one step after the other is what is tested */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Problem } from "./http.ts";
import { clientId } from "./ids.ts";
import { outbox, type Item, type Outbox } from "./outbox.ts";

type Text = { text: string };
type Answer = { conversation: string };

/** localStorage as tabs share it: each tab's outbox reads and writes this one. */
class Disk implements Pick<Storage, "getItem" | "setItem" | "removeItem" | "key"> {
  kept = new Map<string, string>();
  get length(): number {
    return this.kept.size;
  }
  getItem(key: string): string | null {
    return this.kept.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.kept.set(key, value);
  }
  removeItem(key: string): void {
    this.kept.delete(key);
  }
  key(index: number): string | null {
    return [...this.kept.keys()][index] ?? null;
  }
}

/** The order that locks would be granted in, across tabs. */
function locks(): Pick<LockManager, "request"> {
  const queues = new Map<string, Promise<unknown>>();
  return {
    request: ((name: string, work: () => Promise<unknown>) => {
      const mine = (queues.get(name) ?? Promise.resolve()).then(work);
      queues.set(name, mine.catch(() => undefined));
      return mine;
    }) as LockManager["request"],
  };
}

const page = new EventTarget();
Object.assign(globalThis, { addEventListener: page.addEventListener.bind(page), removeEventListener: page.removeEventListener.bind(page) });
const told = (): boolean => page.dispatchEvent(Object.assign(new Event("storage"), { key: null }));

beforeEach(() => {
  Object.defineProperty(globalThis, "localStorage", { value: new Disk(), configurable: true });
  Object.defineProperty(globalThis, "navigator", { value: { locks: locks() }, configurable: true });
});

const until = async (done: () => boolean): Promise<void> => {
  for (let i = 0; !done(); i++) {
    assert.ok(i < 20_000, "it takes too long");
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
};
const add = (box: Outbox<Text>, text: string, group = "g"): void => box.add({ id: clientId(), group, payload: { text } });
const texts = (box: Outbox<Text>): string[] => box.items.get().map((item) => item.payload.text);

test("items go out in order, one at a time, and are gone once acknowledged", async () => {
  const out: string[] = [];
  let inside = 0;
  const box = outbox<Text, Answer>({
    key: "k",
    send: async (item) => {
      assert.equal(++inside, 1);
      await Promise.resolve();
      inside--;
      out.push(item.payload.text);
      return { conversation: "c" };
    },
    sent: () => undefined,
  });
  for (const text of ["a", "b", "c"]) add(box, text);
  assert.deepEqual(texts(box), ["a", "b", "c"]);
  await until(() => box.items.get().length === 0);
  assert.deepEqual(out, ["a", "b", "c"]);
  box.stop();
});

test("what was not acknowledged survives a reload", async () => {
  const before = outbox<Text, Answer>({ key: "k", send: () => new Promise(() => undefined), sent: () => undefined });
  add(before, "a");
  add(before, "b");
  before.stop();
  Object.defineProperty(globalThis, "navigator", { value: { locks: locks() }, configurable: true }); // the dead page's locks are free
  const out: string[] = [];
  const after = outbox<Text, Answer>({
    key: "k",
    send: (item) => {
      out.push(item.payload.text);
      return Promise.resolve({ conversation: "c" });
    },
    sent: () => undefined,
  });
  await until(() => after.items.get().length === 0);
  assert.deepEqual(out, ["a", "b"]);
  after.stop();
});

test("what the server refuses stays visible, lets others pass, and may be retried or discarded", async () => {
  let refuse = true;
  const out: string[] = [];
  const box = outbox<Text, Answer>({
    key: "k",
    send: (item) => {
      if (refuse && item.payload.text !== "good") return Promise.reject(new Problem(409, "conversation_closed"));
      out.push(item.payload.text);
      return Promise.resolve({ conversation: "c" });
    },
    sent: () => undefined,
  });
  for (const text of ["bad", "worse", "good"]) add(box, text);
  await until(() => out.length === 1);
  assert.deepEqual(box.items.get().map((item) => item.failed), ["conversation_closed", "conversation_closed"]);
  refuse = false;
  box.retry(box.items.get()[0]!.id);
  box.discard(box.items.get().find((item) => item.failed)!.id);
  await until(() => box.items.get().length === 0);
  assert.deepEqual(out, ["good", "bad"]);
  box.stop();
});

test("408, 429, 5xx and a lost network are tried again; kick does not wait", async () => {
  const answers = [new Problem(0, "unreachable"), new Problem(503, "unavailable"), new Problem(429, "too_many_requests"), new Problem(408, "x"), new Problem(409, "contention")];
  const box = outbox<Text, Answer>({
    key: "k",
    send: () => {
      const problem = answers.shift();
      return problem ? Promise.reject(problem) : Promise.resolve({ conversation: "c" });
    },
    sent: () => undefined,
  });
  add(box, "a");
  await until(() => {
    box.kick();
    return box.items.get().length === 0;
  });
  assert.equal(answers.length, 0);
  box.stop();
});

test("the second message of a new conversation waits for its name", async () => {
  const out: [string, string][] = [];
  const box = outbox<Text, Answer>({
    key: "k",
    send: (item, group) => {
      out.push([item.payload.text, group]);
      return Promise.resolve({ conversation: group === "new" ? "token" : group });
    },
    sent: (_, { conversation }) => conversation,
  });
  add(box, "a", "new");
  add(box, "b", "new");
  add(box, "c", "other");
  await until(() => box.items.get().length === 0);
  assert.deepEqual(out.filter(([text]) => text !== "c"), [["a", "new"], ["b", "token"]]);
  assert.equal(box.named("new"), "token");
  box.stop();
});

/** A server like ours: a client id counts once, and the first message of a group opens its conversation. */
class Server {
  threads = new Map<string, Item<Text>[]>();
  known = new Map<string, string>();
  receive(item: Item<Text>, group: string): Answer {
    const again = this.known.get(item.id);
    if (again) return { conversation: again };
    const conversation = group.startsWith("new") ? `token-${this.threads.size}` : group;
    this.threads.set(conversation, [...(this.threads.get(conversation) ?? []), item]);
    this.known.set(item.id, conversation);
    return { conversation };
  }
}

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

for (const locked of [true, false]) {
  test(`whatever is cut, doubled or late, each message arrives once and in order (${locked ? "with" : "without"} locks)`, async () => {
    for (let seed = 1; seed <= 40; seed++) {
      const random = generator(seed);
      const manager = locks();
      Object.defineProperty(globalThis, "localStorage", { value: new Disk(), configurable: true });
      Object.defineProperty(globalThis, "navigator", { value: locked ? { locks: manager } : {}, configurable: true });
      const server = new Server();
      const late: (() => void)[] = [];
      const pause = async (): Promise<void> => {
        for (let i = Math.floor(random() * 6); i > 0; i--) await Promise.resolve();
        if (random() < 0.3) await new Promise((resolve) => setTimeout(resolve, 0));
      };
      const send = async (item: Item<Text>, group: string): Promise<Answer> => {
        await pause();
        if (random() < 0.2) throw new Problem(0, "unreachable"); // the request was lost
        const answer = server.receive(item, group);
        if (random() < 0.2) late.push(() => server.receive(item, group)); // the network delivers it again, some time
        await pause();
        if (random() < 0.2) throw new Problem(random() < 0.5 ? 0 : 503, "unavailable"); // the acknowledgement was lost
        return answer;
      };
      const tab = (): Outbox<Text> => outbox<Text, Answer>({ key: "k", send, sent: (_, { conversation }) => conversation });
      const tabs = [tab(), tab()];
      const written = new Map<string, string[]>();
      for (let i = 0; i < 12; i++) {
        const group = random() < 0.7 ? "new-1" : "fixed";
        const box = tabs[Math.floor(random() * tabs.length)]!;
        add(box, `m${i}`, box.named(group));
        written.set(group, [...(written.get(group) ?? []), `m${i}`]);
        told();
        if (random() < 0.3) {
          tabs.shift()!.stop(); // this tab is reloaded
          tabs.push(tab());
        }
        if (random() < 0.3) late.splice(0).forEach((again) => again());
        await pause();
      }
      await until(() => {
        for (const box of tabs) box.kick();
        told();
        return tabs[0]!.items.get().length === 0;
      });
      late.forEach((again) => again());
      for (const [group, wanted] of written) {
        const token = tabs[0]!.named(group);
        assert.deepEqual(server.threads.get(token)?.map((item) => item.payload.text), wanted, `seed ${seed}, ${group}`);
      }
      assert.equal(server.threads.size, written.size, `seed ${seed}: no conversation twice`);
      for (const box of tabs) box.stop();
    }
  });
}

/**
 * What was written and is not yet acknowledged. Kept in localStorage, so that it survives a reload and a crash; sent in order per
 * conversation, again and again, until the server has answered. The server knows each item by its id: sending twice is harmless.
 *
 * Every item has a storage key of its own, because tabs that rewrote one common list would lose each other's items.
 */

import { keys, load, save, watch } from "./storage.ts";
import { store, type Store } from "./store.ts";

export interface Item<P> {
  /** Made by the client; the server's `client_id`. */
  id: string;
  /** The conversation it belongs to: its order is kept. May be a name of the client's own until the server gives one. */
  group: string;
  payload: P;
  /** When it was written, or last retried, in ms. */
  at: number;
  /** The code with which the server refused it for good; waits for `retry` or `discard`. */
  failed?: string;
}

export interface Options<P, R> {
  /** Storage and locks are named after it. */
  key: string;
  /** `group` is what the item's group is called by now. Rejections with a `passing` of false are final. */
  send: (item: Item<P>, group: string) => Promise<R>;
  /** The item was acknowledged. A returned name is what its group is called from now on. */
  sent: (item: Item<P>, result: R) => string | undefined;
}

export interface Outbox<P> {
  /** Everything that waits, oldest first, of all tabs. */
  items: Store<readonly Item<P>[]>;
  add: (item: Pick<Item<P>, "id" | "group" | "payload">) => void;
  retry: (id: string) => void;
  discard: (id: string) => void;
  /** What a group is called by now. */
  named: (group: string) => string;
  /** Try now what waits for its next try: the connection is back. */
  kick: () => void;
  /** Stop sending; what waits stays stored. */
  stop: () => void;
}

const LEAST_MS = 500; // of the pauses between tries
const MOST_MS = 30_000;
const NAMES_MS = 24 * 3600_000; // how long another tab may still use a group's old name

interface Name {
  to: string;
  at: number;
}
const isItem = (value: unknown): value is Item<never> => typeof value === "object" && value !== null && "payload" in value && "at" in value;
const isName = (value: unknown): value is Name => typeof value === "object" && value !== null && "to" in value && "at" in value;

/** Runs `work` while no other tab does. Without locks tabs may send the same first item twice, which is harmless. */
async function alone(name: string, work: () => Promise<void>): Promise<void> {
  const locks = globalThis.navigator?.locks as LockManager | undefined; // absent on pages without TLS
  await (locks ? locks.request(`lacasa.${name}`, work) : work());
}

export function outbox<P, R>({ key, send, sent }: Options<P, R>): Outbox<P> {
  const mine = `outbox.${key}.`;
  const names = `outbox-names.${key}.`;
  const items = store<readonly Item<P>[]>([]);
  const running = new Set<string>();
  let stopped = false;
  let wake: (() => void)[] = [];

  const read = (): Item<P>[] =>
    keys(mine)
      .flatMap((each) => load<Item<P> | null>(each, null, isItem) ?? [])
      .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const refresh = (): void => items.set(read());
  const write = (id: string, item?: Item<P>): void => {
    save(mine + id, item);
    refresh();
  };
  const named = (group: string): string => load<Name | null>(names + group, null, isName)?.to ?? group;
  const first = (group: string): Item<P> | undefined => stopped ? undefined : read().find((item) => !item.failed && named(item.group) === group);

  /** Sleeps until the next try, or until somebody kicks. */
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });

  /** One after the other: order is the point. */
  async function drain(group: string): Promise<void> {
    let tries = 0;
    for (let item = first(group); item; item = first(group)) {
      let result: R;
      try {
        result = await send(item, group); // oxlint-disable-line no-await-in-loop
        tries = 0;
      } catch (error) {
        const { passing = true, code = "error" } = error as { passing?: boolean; code?: string };
        if (!passing) write(item.id, { ...item, failed: code });
        else if (!stopped) await pause(Math.random() * Math.min(MOST_MS, LEAST_MS * 2 ** ++tries)); // oxlint-disable-line no-await-in-loop
        continue;
      }
      write(item.id); // it is kept: whatever becomes of showing it, it is not sent again
      const to = sent(item, result);
      if (to && to !== item.group) save(names + item.group, { to, at: Date.now() });
      if (to && to !== group) return;
    }
  }

  function run(group: string): void {
    if (running.has(group) || !first(group)) return;
    running.add(group);
    void alone(mine + group, () => drain(group))
      .catch(() => undefined) // the page is going away: it holds no more locks
      .then(() => {
        running.delete(group);
        run(named(group));
      });
  }

  function runAll(): void {
    refresh();
    for (const group of new Set(items.get().map((item) => named(item.group)))) run(group);
  }

  function kick(): void {
    const waiting = wake;
    wake = [];
    for (const up of waiting) up();
    runAll();
  }

  const unwatch = watch(mine, runAll);
  addEventListener("online", kick);
  for (const name of keys(names)) if (Date.now() - (load<Name | null>(name, null, isName)?.at ?? 0) > NAMES_MS) save(name, undefined);
  runAll();

  return {
    items,
    named,
    kick,
    add: ({ id, group, payload }) => {
      // Two items of one millisecond keep their order.
      const last = items.get().at(-1)?.at ?? 0;
      write(id, { id, group, payload, at: Math.max(Date.now(), last + 1) });
      run(named(group));
    },
    retry: (id) => {
      const item = items.get().find((item) => item.id === id);
      if (!item) return;
      const { failed: _, ...rest } = item;
      write(id, { ...rest, at: Date.now() });
      run(named(item.group));
    },
    discard: (id) => write(id),
    stop: () => {
      stopped = true;
      unwatch();
      removeEventListener("online", kick);
      kick();
    },
  };
}

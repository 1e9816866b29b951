/**
 * What a browser's page is to the client's modules, under Node: storage in a folder and locks at the fixture, so that pages that are
 * processes of their own share them as tabs do; events; `fetch` and `WebSocket` against one address. The modules themselves are the real ones.
 */

import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

const { LACASA_CLIENT_URL: origin = "", LACASA_CLIENT_STORAGE: folder = "", LACASA_CLIENT_MODEL: isModel = "" } = process.env;
/** Instead of the network: see model.mts. */
export const model = isModel ? await import("./model.mts") : undefined;

type Said = Record<string, unknown>;
const say = (word: Said): void => void process.stdout.write(`${JSON.stringify(word)}\n`);

/** One file per key: a rename is what makes a write whole. */
class Disk {
  #file = (key: string): string => join(folder, encodeURIComponent(key));
  #names = (): string[] => readdirSync(folder).filter((name) => !name.endsWith(".tmp")).sort();
  get length(): number {
    return this.#names().length;
  }
  key(index: number): string | null {
    const name = this.#names()[index];
    return name === undefined ? null : decodeURIComponent(name);
  }
  getItem(key: string): string | null {
    try {
      return readFileSync(this.#file(key), "utf8");
    } catch {
      return null;
    }
  }
  setItem(key: string, value: string): void {
    const whole = `${this.#file(key)}.${process.pid}.tmp`;
    writeFileSync(whole, value);
    renameSync(whole, this.#file(key));
    say({ stored: key });
  }
  removeItem(key: string): void {
    rmSync(this.#file(key), { force: true });
    say({ stored: key });
  }
}

const waiting = new Map<number, () => void>();
let asked = 0;

/** The fixture grants locks, and takes them back from a page that dies. */
const locks = {
  async request<T>(name: string, work: () => Promise<T>): Promise<T> {
    const number = ++asked;
    const granted = new Promise<void>((resolve) => waiting.set(number, resolve));
    say({ lock: name, number });
    await granted;
    try {
      return await work();
    } finally {
      say({ unlock: name, number });
    }
  },
};

const events = new EventTarget();
const style = { setProperty: () => undefined, removeProperty: () => undefined };
const cookies = new Map<string, string>();
const underlying = globalThis.fetch;

/** How often each item of an outbox was sent, by its client id. */
export const sent: Record<string, number> = {};

/** What GETs were answered, by path, while somebody asks for it. */
export const answers: { now: Record<string, [status: number, body: string]> | undefined } = { now: undefined };

/** As a page of `origin` would: with its cookies and its Origin. */
async function fetch(path: string | URL, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("Origin", origin);
  if (cookies.size) headers.set("Cookie", [...cookies].map((pair) => pair.join("=")).join("; "));
  const { client_id } = init.body ? (JSON.parse(String(init.body)) as { client_id?: string }) : {};
  if (client_id !== undefined) sent[client_id] = (sent[client_id] ?? 0) + 1;
  const { now } = answers;
  const answer = await underlying(new URL(path, origin), { ...init, headers });
  if (!now) return answer;
  const body = await answer.text();
  now[`${init.method === "POST" ? "POST " : ""}${String(path).replace(origin, "")}`] = [answer.status, body];
  return new Response(body || null, answer);
}

/** Every socket that the page opened, newest last; a test may look into what it hears. */
export const sockets: WebSocket[] = [];
/** Every event frame that came, as text. */
export const frames: string[] = [];
class Socket extends globalThis.WebSocket {
  constructor(url: string) {
    super(url);
    sockets.push(this);
    this.addEventListener("message", ({ data }) => {
      if (String(data).startsWith('{"op":"event"')) frames.push(String(data));
    });
  }
}

const given = {
  localStorage: new Disk(),
  navigator: { locks, languages: ["en"], onLine: true },
  location: { origin },
  document: Object.assign(new EventTarget(), { documentElement: { style, classList: { toggle: () => undefined } }, visibilityState: "visible" }),
  matchMedia: () => ({ matches: false, addEventListener: () => undefined }),
  addEventListener: events.addEventListener.bind(events),
  removeEventListener: events.removeEventListener.bind(events),
  dispatchEvent: events.dispatchEvent.bind(events),
  fetch: model?.fetch ?? fetch,
  WebSocket: model?.Socket ?? Socket,
};
for (const [name, value] of Object.entries(given)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });

/** The same value for the same meaning: events write times as PostgreSQL does, answers as Python does. */
export function canonical(value: unknown): unknown {
  const text = JSON.stringify(value, (_, each: unknown) => {
    const [, second, fraction = ""] = (typeof each === "string" && /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.?(\d*)(?:Z|\+00:00)$/.exec(each)) || [];
    return second === undefined ? each : `${second}.${fraction.padEnd(6, "0")}`;
  });
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
}

/** Signs the page in as whoever owns the session. */
export const setCookie = (name: string, value: string): void => void cookies.set(name, value);

export type Commands = Record<string, (given: never) => unknown>;

/** Obeys the fixture: one JSON object per line on stdin, one answer each on stdout. */
export function serve(given: Commands): void {
  const commands: Commands = { ...given, ...model?.commands };
  const obey = async ({ id, run, ...given }: Said & { id: number; run: string }): Promise<void> => {
    try {
      const result = await commands[run]!(given as never);
      say({ id, result: result ?? null });
    } catch (error) {
      say({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  };
  createInterface({ input: process.stdin }).on("line", (line) => {
    const word = JSON.parse(line) as Said;
    if (typeof word["granted"] === "number") waiting.get(word["granted"])?.();
    else if ("stored" in word) events.dispatchEvent(Object.assign(new Event("storage"), { key: word["stored"] }));
    else if ("event" in word) events.dispatchEvent(new Event(word["event"] as string));
    else void obey(word as Said & { id: number; run: string });
  }).on("close", () => process.exit()); // whoever opened it is gone
  process.on("unhandledRejection", (error) => say({ failure: String(error instanceof Error ? error.stack : error) }));
  say({ ready: true });
}

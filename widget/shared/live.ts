/**
 * The live connection of both apps: one WebSocket that comes back by itself and goes on where it stopped.
 * What it carries is fetched, kept and sent elsewhere; this file knows frames, time and nothing of screens.
 */

import { store, type Store } from "./store.ts";
import type { Authenticate, ClientFrame, Resync, ServerFrame, SetPresence, SetView, TypingFrame } from "./wire.ts";

/** `offline`: waiting for the next try, or for the browser to find a network. `ended`: it will not come back by itself. */
export type Status = "connecting" | "live" | "offline" | "ended";
export type Credentials = Partial<Omit<Authenticate, "op">>;

export interface Handlers<E> {
  /** Where `/ws` is: `wss://…/ws`. */
  url: string;
  /** Asked before every connection. A rejection with a `status` of 401 or 403 ends it, any other counts as a failed try. */
  credentials: () => Credentials | Promise<Credentials>;
  /** Something happened. May come twice or be known already: versions and sequence numbers tell. */
  event: (event: E) => void;
  /** The place to go on from; for the owner to keep. Called after the event that it follows. */
  cursor?: (cursor: string) => void;
  /** Nothing could be replayed, or other things may be seen now: fetch everything anew. Events go on meanwhile. */
  resync: (reason: Resync["reason"]) => void;
  /** Somebody types, or stopped; told to stop when nothing more is heard. */
  typing?: (frame: TypingFrame) => void;
  /** What this file knows nothing of: who looks, who is here, and what a newer server says. */
  other?: (frame: ServerFrame) => void;
  /** A frame was refused. */
  refused?: (code: string) => void;
  /** The server does not want this client; `code` says why. */
  ended?: (code: number) => void;
}

export interface Live {
  status: Store<Status>;
  /** Starts, after `cursor` if there is one. Once started: tries at once, also after the end. */
  connect: (cursor?: string) => void;
  /** Ends the connection for good, until `connect`. */
  close: () => void;
  typing: (conversation: number | string, active?: boolean, note?: boolean) => void;
  /** Staff: the conversation on screen, and whether somebody is here. The last of each kind is told again after a reconnect. */
  tell: (frame: SetView | SetPresence) => void;
}

/** What a WebSocket is to this file; tests bring their own. */
export type Socket = Pick<WebSocket, "send" | "close" | "onmessage" | "onclose">;

const PATIENCE_MS = 10_000; // for a pong, and (twice that) for a connection to become live
const STEADY_MS = 10_000; // live for so long: earlier failures are forgotten
const LEAST_MS = 300; // of the pauses between attempts
const MOST_MS = 30_000;
const GROWTH = 1.5; // gentler than doubling: after a restart of some seconds nobody waits as long again
const TYPING_EVERY_MS = 3000;
const ACCESS_CHANGED = 4101;
const RESTART = 1012;
const TICKET_REFUSED = 4401;
const TOO_SLOW = 4408; // no refusal: the network was too slow to authenticate in time

export function live<E>(
  handlers: Handlers<E>,
  open: (url: string) => Socket = (url) => new WebSocket(url),
  page: EventTarget = globalThis as unknown as EventTarget,
): Live {
  const status = store<Status>("offline");
  let cursor: string | undefined;
  const kept = new Map<string, ClientFrame>(); // told again, by kind
  let stop: (() => void) | undefined; // of the present connection, or of the wait for the next
  let failures = 0;
  let refusals = 0;
  let accessChanged = false;
  const told = new Map<string, number>(); // when typing was last told, per conversation and kind
  const typers = new Map<string, { frame: TypingFrame; timer: ReturnType<typeof setTimeout> }>();
  let send: ((frame: ClientFrame) => void) | undefined; // only while live
  let probe: (() => void) | undefined; // likewise

  const move = (to: string): void => {
    cursor = to;
    handlers.cursor?.(to);
  };

  function settle(next: Status): void {
    stop?.();
    stop = send = probe = undefined;
    told.clear();
    for (const { frame } of typers.values()) hear({ ...frame, active: false });
    status.set(next);
  }

  function end(code: number): void {
    settle("ended");
    handlers.ended?.(code);
  }

  /**
   * Full jitter: clients that were cut together do not come back together. A server that ends or has no room says when to come, which spreads
   * them too; it is spared more with each refusal.
   */
  function later(soon = false, told_ms = 0): void {
    const wait_ms = told_ms + Math.random() * Math.min(MOST_MS, LEAST_MS * GROWTH ** failures);
    failures++;
    settle(soon ? "connecting" : "offline");
    const timer = setTimeout(() => void attempt(), wait_ms);
    stop = () => clearTimeout(timer);
  }

  function hear(frame: TypingFrame): void {
    const name = `${frame.conversation} ${frame.who.kind} ${frame.who.id ?? frame.who.name} ${frame.note}`;
    const before = typers.get(name);
    clearTimeout(before?.timer);
    typers.delete(name);
    if (frame.active) {
      typers.set(name, { frame, timer: setTimeout(() => hear({ ...frame, active: false }), frame.expires_s * 1000) });
    } else if (!before) return;
    handlers.typing?.(frame);
  }

  async function attempt(): Promise<void> {
    settle("connecting");
    let over = false;
    stop = () => {
      over = true;
    };
    let credentials: Credentials;
    const renew = async (): Promise<Credentials> => handlers.credentials();
    try {
      credentials = await renew();
    } catch (error) {
      const refused = [401, 403].includes((error as { status?: number }).status ?? 0);
      if (over) return;
      if (refused) end(TICKET_REFUSED);
      else later();
      return;
    }
    if (over) return;

    const socket = open(handlers.url);
    const timers = new Map<string, ReturnType<typeof setTimeout>>();
    const clear = (name: string): void => clearTimeout(timers.get(name));
    const after = (name: string, ms: number, run: () => void): void => {
      clear(name);
      timers.set(name, setTimeout(run, ms));
    };
    // A socket whose network is gone may take minutes to say so: it is left alone from here on.
    stop = () => {
      over = true;
      for (const name of timers.keys()) clear(name);
      socket.onmessage = socket.onclose = null;
      socket.close();
    };
    const say = (frame: ClientFrame): void => socket.send(JSON.stringify(frame));
    const authenticate = (given: Credentials): void => say({ op: "auth", ...given } as ClientFrame);
    let isKnown = false;
    let n = 0;
    let every_ms = 0;
    const beat = (): void => {
      say({ op: "ping", n: ++n });
      after("pong", PATIENCE_MS, later);
      after("ping", every_ms, beat);
    };
    const arrived = (reason: Resync["reason"] | undefined = accessChanged ? "access_changed" : undefined): void => {
      if (over) return;
      accessChanged = false;
      clear("live");
      refusals = 0;
      after("steady", STEADY_MS, () => {
        failures = 0;
      });
      send = say;
      probe = beat;
      status.set("live");
      kept.forEach(say);
      if (reason) handlers.resync(reason);
    };

    after("live", 2 * PATIENCE_MS, later);
    socket.onclose = ({ code, reason }) => {
      accessChanged ||= code === ACCESS_CHANGED;
      const ticket = code === TICKET_REFUSED && credentials.ticket !== undefined;
      if (code < 4400 || code > 4499 || code === TOO_SLOW) later((code >= 4100 && code < 4200) || code === RESTART, +(/_ms=(\d{1,4})/.exec(reason)?.[1] ?? 0));
      else if (ticket && refusals++ === 0) void attempt();
      else end(code);
    };
    socket.onmessage = ({ data }) => {
      const frame = JSON.parse(data as string) as ServerFrame;
      switch (frame.op) {
        case "hello":
          authenticate(credentials);
          every_ms = frame.heartbeat_s * 1000;
          after("ping", Math.random() * every_ms, beat);
          break;
        case "authenticated":
          if (!isKnown) say({ op: "subscribe", cursor: cursor ?? null });
          isKnown = true;
          break;
        case "expiring":
          // In place: nothing is missed. Without new credentials the server cuts, and the next connection asks again.
          void renew().then((given) => over || authenticate(given), () => undefined);
          break;
        case "event":
          if (!send) after("live", 2 * PATIENCE_MS, later); // a long replay is no silence
          handlers.event(frame.event as E);
          move(frame.cursor);
          break;
        case "cursor":
          move(frame.cursor);
          break;
        case "live":
          move(frame.cursor);
          arrived();
          break;
        case "resync":
          move(frame.cursor);
          arrived(frame.reason);
          break;
        case "typing":
          hear(frame);
          break;
        case "pong":
          if (frame.n === n) clear("pong");
          break;
        case "error":
          handlers.refused?.(frame.code);
          break;
        default:
          handlers.other?.(frame);
      }
    };
  }

  let started = false;
  const isOn = (): boolean => started && status.get() !== "ended";
  const listeners = {
    online: () => isOn() && void attempt(),
    offline: () => isOn() && settle("offline"),
    // A machine that slept finds out at once whether its link still lives.
    visibilitychange: () => {
      if (globalThis.document?.visibilityState === "hidden" || !isOn()) return;
      if (probe) probe();
      else if (status.get() === "offline") void attempt();
    },
  };
  const listen = (how: "addEventListener" | "removeEventListener"): void => {
    for (const [name, listener] of Object.entries(listeners)) page[how](name, listener);
  };

  return {
    status,
    connect: (from) => {
      cursor = from ?? cursor;
      listen("addEventListener");
      started = true;
      failures = refusals = 0;
      void attempt();
    },
    close: () => {
      started = false;
      listen("removeEventListener");
      settle("offline");
    },
    typing: (conversation, active = true, note = false) => {
      const name = `${conversation} ${note}`;
      const last = told.get(name) ?? -Infinity;
      if (!send || (active ? Date.now() - last < TYPING_EVERY_MS : last < 0)) return;
      if (active) told.set(name, Date.now());
      else told.delete(name);
      send({ op: "typing", conversation, active, note });
    },
    tell: (frame) => {
      kept.set(frame.op, frame);
      send?.(frame);
    },
  };
}

import { createContext } from "preact";
import { useContext, useLayoutEffect, useState } from "preact/hooks";
import type { Store } from "../shared/store.ts";
import type { Client, State } from "./client.ts";
import type { Tongue } from "./texts.ts";

/** `group`: a conversation's token, or a name of ours before its first message. */
export type View = { name: "home" | "messages" | "help" } | { name: "thread"; group: string } | { name: "article"; slug: string };

export interface Context extends Tongue {
  client: Client;
  /** Shows a view; `fresh`: as a tab, with no way back. */
  go: (view: View, fresh?: boolean) => void;
  back: () => void;
  close: () => void;
  /** Covers the whole (small) screen. */
  full: boolean;
}

export const Chat = createContext<Context>(undefined as unknown as Context);
export const useChat = (): Context => useContext(Chat);

/** The value of a store, or what `pick` takes of it; draws again when that changes. */
export function useStore<T, P = T>(store: Store<T>, pick: (value: T) => P = (value) => value as unknown as P): P {
  const [, again] = useState({});
  const now = pick(store.get());
  // After each drawing: `pick` may look elsewhere by now.
  useLayoutEffect(() => {
    let last = now;
    const look = (): void => {
      const next = pick(store.get());
      if (!Object.is(next, last)) again({});
      last = next;
    };
    look();
    return store.subscribe(look);
  });
  return now;
}

export const useChats = <P>(pick: (state: State) => P): P => useStore(useChat().client.state, pick);

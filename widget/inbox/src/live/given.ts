import { load, save, watch } from "#shared/storage.ts";
import { store } from "#shared/store.ts";
import { currentSession } from "../session/session.ts";

/** Conversations that somebody else gave to this agent, who has not looked at them since: kept in this browser, for all its tabs. */
export const given = store<ReadonlySet<number>>(new Set());

const MOST = 200;
const isIds = (value: unknown): value is number[] => Array.isArray(value) && value.every((id) => typeof id === "number");

function key(): string {
  const me = currentSession()?.me;
  return `given.${me?.organization_id ?? 0}.${me?.user_id ?? 0}`;
}

function change(ids: Iterable<number>): void {
  const kept = [...ids].slice(-MOST);
  save(key(), kept.length > 0 ? kept : undefined);
  given.set(new Set(kept));
}

/** Loads what was kept, and follows other tabs; returns the function that ends it. */
export function openGiven(): () => void {
  const name = key();
  const read = (): void => given.set(new Set(load<number[]>(name, [], isIds)));
  read();
  const stop = watch(name, read);
  return () => {
    stop();
    given.set(new Set());
  };
}

export const give = (id: number): void => change([...given.get(), id]);

export function lookedAt(id: number): void {
  if (given.get().has(id)) change([...given.get()].filter((each) => each !== id));
}

import { store } from "#shared/store.ts";
import type { Person, TypingFrame, ViewersFrame } from "#shared/wire.ts";
import { useMemo } from "react";
import { useStore } from "../use-store.ts";

/** Who types and who looks, per conversation: told by the socket, never kept. */

export interface Typist {
  who: Person;
  note: boolean;
}

type PerConversation<T> = ReadonlyMap<number, readonly T[]>;

const typing = store<PerConversation<Typist>>(new Map());
const viewers = store<PerConversation<Person>>(new Map());

function put<T>(map: PerConversation<T>, key: number, values: readonly T[]): PerConversation<T> {
  const next = new Map(map);
  if (values.length > 0) next.set(key, values);
  else next.delete(key);
  return next;
}

const without = (conversation: number, kind: Person["kind"], id: number | null): Typist[] =>
  (typing.get().get(conversation) ?? []).filter(({ who }) => who.kind !== kind || (kind === "user" && who.id !== id));

/** The socket's client says when somebody stopped, also where no frame did. */
export function onTyping({ conversation: name, who, active, note }: TypingFrame): void {
  const conversation = Number(name);
  const others = without(conversation, who.kind, who.id);
  typing.set(put(typing.get(), conversation, active ? [...others, { who, note }] : others));
}

/** A message came: its writer has stopped. */
export function stopTyping(conversation: number, kind: Person["kind"], id: number | null): void {
  if (typing.get().has(conversation)) typing.set(put(typing.get(), conversation, without(conversation, kind, id)));
}

export function onViewers(frame: ViewersFrame): void {
  viewers.set(put(viewers.get(), frame.conversation, frame.viewers));
}

/** After a lost connection nobody knows who looks. */
export const forgetViewers = (): void => viewers.set(new Map());

const nobody: readonly never[] = [];

export const useTyping = (conversation: number): readonly Typist[] => useStore(typing).get(conversation) ?? nobody;

/** Colleagues who have the conversation on screen. */
export function useViewers(conversation: number, me: number): readonly Person[] {
  const all = useStore(viewers).get(conversation) ?? nobody;
  return useMemo(() => all.filter(({ id }) => id !== me), [all, me]);
}

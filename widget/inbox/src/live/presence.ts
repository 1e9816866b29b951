import { store } from "#shared/store.ts";
import type { Person, PresenceFrame, StaffStatus, TypingFrame, ViewersFrame, WorkingFrame } from "#shared/wire.ts";
import { useMemo } from "react";
import { useStore } from "../use-store.ts";

/** Who is here, and who types and looks, per conversation: told by the socket, never kept. */

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

type Working = Omit<WorkingFrame, "op">;
const working = store<ReadonlyMap<number, Working>>(new Map());
const lapses = new Map<number, ReturnType<typeof setTimeout>>();

/** The AI agent is at work, or has stopped; whoever says nothing more for a while is gone. */
export function onWorking(frame: Working): void {
  const { conversation, active, expires_s } = frame;
  clearTimeout(lapses.get(conversation));
  lapses.delete(conversation);
  const next = new Map(working.get());
  if (active) {
    next.set(conversation, frame);
    lapses.set(conversation, setTimeout(() => onWorking({ ...frame, active: false }), expires_s * 1000));
  } else next.delete(conversation);
  working.set(next);
}

/** What the AI agent does in a conversation right now. */
export const useWorking = (conversation: number): Working | undefined => useStore(working).get(conversation);

type Status = StaffStatus["status"];
/** Everybody who is not named is offline; `undefined` while nothing was told. */
const statuses = store<ReadonlyMap<number, Status> | undefined>(undefined);

export function onPresence({ people, whole }: PresenceFrame): void {
  const next = new Map(whole ? [] : statuses.get());
  for (const { id, status } of people) next.set(id, status);
  statuses.set(next);
}

/** Whether a colleague is here; `undefined` while that is not known. */
export function useStatusOf(): (id: number) => Status | undefined {
  const known = useStore(statuses);
  return (id) => known && (known.get(id) ?? "offline");
}

/** After a lost connection nobody knows who looks, and who is here. */
export function forgetPeople(): void {
  viewers.set(new Map());
  working.set(new Map());
  statuses.set(undefined);
}

const nobody: readonly never[] = [];

export const useTyping = (conversation: number): readonly Typist[] => useStore(typing).get(conversation) ?? nobody;

/** Colleagues who have the conversation on screen. */
export function useViewers(conversation: number, me: number): readonly Person[] {
  const all = useStore(viewers).get(conversation) ?? nobody;
  return useMemo(() => all.filter(({ id }) => id !== me), [all, me]);
}

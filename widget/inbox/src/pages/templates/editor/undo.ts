import { useReducer } from "react";

const STEPS = 100;
const TOGETHER_MS = 1000;

/** What was and what was undone. What is typed into one field without a rest is one step. */
export interface Undoable<T> {
  past: readonly T[];
  now: T;
  future: readonly T[];
  /** The field of the last change, and when that was. */
  field: string;
  at: number;
}

export const begun = <T,>(now: T): Undoable<T> => ({ past: [], now, future: [], field: "", at: 0 });

export function changed<T>(state: Undoable<T>, now: T, field: string, at: number): Undoable<T> {
  const goesOn = field !== "" && field === state.field && at - state.at < TOGETHER_MS;
  return { past: goesOn ? state.past : [...state.past, state.now].slice(-STEPS), now, future: [], field, at };
}

export function undone<T>(state: Undoable<T>): Undoable<T> {
  const before = state.past.at(-1);
  return before === undefined ? state : { past: state.past.slice(0, -1), now: before, future: [state.now, ...state.future], field: "", at: 0 };
}

export function redone<T>(state: Undoable<T>): Undoable<T> {
  const [next, ...future] = state.future;
  return next === undefined ? state : { past: [...state.past, state.now], now: next, future, field: "", at: 0 };
}

type Step<T> = { do: "change"; now: T; field: string; at: number } | { do: "undo" } | { do: "redo" } | { do: "begin"; now: T };

function step<T>(state: Undoable<T>, action: Step<T>): Undoable<T> {
  switch (action.do) {
    case "change":
      return changed(state, action.now, action.field, action.at);
    case "undo":
      return undone(state);
    case "redo":
      return redone(state);
    case "begin":
      return begun(action.now);
  }
}

export function useUndoable<T>(first: () => T): { now: T; canUndo: boolean; canRedo: boolean; change: (now: T, field?: string) => void; undo: () => void; redo: () => void; begin: (now: T) => void } {
  const [state, act] = useReducer(step<T>, undefined, () => begun(first()));
  return {
    now: state.now,
    canUndo: state.past.length > 0,
    canRedo: state.future.length > 0,
    change: (now, field = "") => act({ do: "change", now, field, at: Date.now() }),
    undo: () => act({ do: "undo" }),
    redo: () => act({ do: "redo" }),
    begin: (now) => act({ do: "begin", now }),
  };
}

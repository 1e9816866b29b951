import { isBoolean, load, save } from "#shared/storage.ts";
import { store } from "#shared/store.ts";

/** Whether resolving a conversation opens the next one of the list: an agent works through it without the mouse. Kept in this browser. */
export const advance = store(load("advance", true, isBoolean));

export function setAdvance(on: boolean): void {
  save("advance", on);
  advance.set(on);
}

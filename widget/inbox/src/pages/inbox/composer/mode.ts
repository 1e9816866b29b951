import { store } from "#shared/store.ts";
import type { Mode } from "../../../data/outbox.ts";

/** What the composer writes, and a call to it to take the focus: `r` and `n` come from anywhere. */
export const mode = store<Mode>("reply");
export const focusCalls = store(0);

export function write(next: Mode): void {
  mode.set(next);
  focusCalls.set(focusCalls.get() + 1);
}

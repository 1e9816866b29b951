import { store } from "#shared/store.ts";

export type PickerName = "assign" | "tags" | "priority" | "snooze";

/** The picker that the keyboard opened over the conversation. */
export const picker = store<PickerName | undefined>(undefined);

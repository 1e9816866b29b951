import { store } from "#shared/store.ts";

/** The message that is being forwarded, by its id. */
export const forwarding = store<number | undefined>(undefined);

/** Where the draft of a forward stands among those of conversations, none of which has such a number. */
export const draftKey = (message: number): number => -message;

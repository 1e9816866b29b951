import { store } from "#shared/store.ts";

/** The one overlay of the shell that is open. */
export const overlay = store<"palette" | "shortcuts" | undefined>(undefined);

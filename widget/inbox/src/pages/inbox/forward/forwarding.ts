import { store } from "#shared/store.ts";
import type { MessageMailView } from "#shared/wire.ts";

/** The message that is being forwarded, by its id; `last`: the last one that may be, once that is known. */
export const forwarding = store<number | "last" | undefined>(undefined);

/** Whether what a message was as a mail lets it be sent on: not as long as it waits and may be taken back. */
export const mayBeForwarded = (mail: MessageMailView | undefined): boolean => mail !== undefined && mail.state !== "queued" && mail.state !== "sending";

/** Where the draft of a forward stands among those of conversations, none of which has such a number. */
export const draftKey = (message: number): number => -message;

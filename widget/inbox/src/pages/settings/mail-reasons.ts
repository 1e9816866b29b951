import type { MailView } from "#shared/wire.ts";
import { texts } from "./texts.ts";

const reasons = {
  ignored: ["failed", "delayed", "delivered", "complaint", "automatic_reply", "own"],
  quarantined: [
    "failed", "no_sender", "too_often", "contacts_limit", "unfetchable", "over_size",
    "over_raw_bytes", "over_header_bytes", "over_headers", "over_parts", "over_depth", "over_attachments",
  ],
} as const;

/** Why a mail became no message, in words; a reason of a newer server as readable as it comes. */
export function mailReason({ state, reason }: Pick<MailView, "state" | "reason">): string {
  if (state === "ignored") {
    const known = reasons.ignored.find((each) => each === reason);
    if (known) return texts.t(`mails.reason.ignored.${known}`);
  }
  if (state === "quarantined") {
    const name = reason === "too_many" ? "too_often" : reason; // "_many" is a plural's form
    const known = reasons.quarantined.find((each) => each === name);
    if (known) return texts.t(`mails.reason.quarantined.${known}`);
  }
  return reason.replaceAll("_", " ");
}

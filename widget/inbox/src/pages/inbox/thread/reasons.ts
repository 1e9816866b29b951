import { texts } from "../texts.ts";

const reasons = [
  "asked_human",
  "account_access",
  "refund",
  "repeated_failure",
  "low_confidence",
  "no_knowledge",
  "agent_error",
  "disabled",
  "covered",
  "small_talk",
  "superseded",
] as const;

/** Why the AI agent did something, in words; one that we do not know as the server calls it. */
export function reasonText(reason: unknown): string {
  const known = reasons.find((each) => each === reason);
  return known ? texts.t(`reason.${known}`) : String(reason ?? "");
}

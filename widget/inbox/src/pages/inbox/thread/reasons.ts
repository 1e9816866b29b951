import type { Receipt } from "#shared/wire.ts";
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
  "suggest_only",
  "machine_wrote",
  "too_many_automatic",
  "answers_forward",
  "not_sent",
  "covered",
  "looked_up",
  "small_talk",
  "superseded",
  "article_changed",
] as const;

const smallTalk = ["greeting", "thanks", "goodbye", "acknowledged", "identity"] as const;

/** Why the AI agent did something, in words; a reason of a newer server as readable as it comes. */
export function reasonText(reason: unknown): string {
  const known = reasons.find((each) => each === reason);
  return known ? texts.t(`reason.${known}`) : String(reason ?? "").replaceAll("_", " ");
}

/** What a receipt adds to its reason: the kind of small talk, or the customer's words that decided it. */
export function detailText({ reason, detail }: Pick<Receipt, "reason" | "detail">): string {
  const kind = reason === "small_talk" ? smallTalk.find((each) => each === detail) : undefined;
  if (reason === "looked_up") return detail;
  return kind ? texts.t(`small_talk.${kind}`) : detail && texts.t("receipt.matched", { words: detail });
}

const signals = ["covered", "together", "headed", "titled", "unsupported",
  "chosen", "told", "asked_more", "meant", "nearest", "fits", "margin", "absent", "gap", "agreement", "missing", "unknown", "promised", "weight", "matched"] as const;

/** What one of the signals of a confidence says. */
export function signalText(name: string): string {
  const known = signals.find((each) => each === name);
  return known ? texts.t(`signal.${known}`) : name.replaceAll("_", " ");
}

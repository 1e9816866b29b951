import type { Tone } from "#ui/badge.tsx";
import { isProblem } from "../../api/problem.ts";
import { problemText } from "../../i18n/problem-text.ts";
import type { Status } from "./data.ts";
import { texts } from "./texts.ts";

export const tones: Record<Status, Tone> = { draft: "neutral", scheduled: "info", sending: "accent", paused: "warning", sent: "success", canceled: "neutral", missed: "danger" };
export const statuses = Object.keys(tones) as Status[];

const reasons = [
  "no_address", "too_large", "bounced", "complained", "manual", "unsubscribed", "imported", "topic_archived", "opted_out", "unconfirmed", "no_consent",
  "duplicate", "open_conversation", "canceled", "contact_gone", "suppressed", "limit_reached", "refused", "unreachable", "faulty_template",
  "no_template", "mailbox_full", "not_now", "slow_down", "server_busy", "no_answer", "not_tried", "domain_rate", "rate", "warming_up", "plan_limit",
  "sender_refused", "no_mail_inbox", "expired",
] as const;

/** Why somebody gets no mail, or not yet, in words; a reason of a newer server as readable as it comes. */
export function reasonWords(reason: string): string {
  const known = reasons.find((each) => each === reason);
  return known ? texts.t(`reason.${known}`) : reason.replaceAll("_", " ");
}

const pauses = [
  "late", "no_mail_server", "not_this_address", "plan_limit", "all_refused", "halted", "sealed", "no_auth", "no_starttls", "not_tls",
  "certificate_name", "sender_refused", "address_refused", "plain_refused", "no_inbox", "no_topic", "no_variants", "segment_broken",
  "faulty_template", "topic_archived", "no_subject", "no_address", "password_refused", "emails_limit", "too_many_failures", "certificate_invalid",
] as const;

/** Why a campaign was paused by itself, or did not begin. */
export function pauseWords(reason: string): string {
  const known = pauses.find((each) => each === reason);
  return known ? texts.t(`pause.${known}`) : reason.replaceAll("_", " ");
}

const problems = ["segment_broken", "no_variants", "no_subject", "faulty_template", "no_topic", "topic_archived", "no_inbox", "no_address", "no_mail_server", "not_this_address"] as const;

/** What a campaign lacks, in our words where we have them. */
export function lackWords({ code, detail }: { code: string; detail: string }): string {
  const known = problems.find((each) => each === code);
  return known ? texts.t(`lack.${known}`) : detail;
}

/** What to tell about a request that failed. */
export function failureWords(error: unknown): string {
  if (isProblem(error, "revised")) return texts.t("failed.newer");
  return problemText(error);
}

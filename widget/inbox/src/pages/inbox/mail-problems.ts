import { isProblem } from "../../api/problem.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { texts } from "./texts.ts";

const known = ["own_address", "too_many_recipients", "no_mail", "unknown_file", "already_used", "not_email"] as const;

/** What to tell whoever writes or forwards a mail about a refusal. */
export function mailProblem(error: unknown): string {
  const code = isProblem(error) ? known.find((each) => each === error.code) : undefined;
  return code ? texts.t(`send.failed.${code}`) : problemText(error);
}

import en from "./failures/en.json";
import { defineTexts } from "./texts.ts";

const words = defineTexts(en, import.meta.glob(["./failures/*.json", "!./failures/en.json"]));
await words.ready;
const ours = ["no_mail_server", "not_this_address", "nobody", "too_many_automatic", "forwards_nothing", "worker_ended"] as const;

/** Why a mail was not sent: in our words what we found, else as its mail server said it. */
export function mailFailure(reason: string): string {
  const known = ours.find((code) => code === reason);
  return known ? words.t(known) : reason;
}

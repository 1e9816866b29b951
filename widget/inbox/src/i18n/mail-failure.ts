import en from "./failures/en.json";
import { defineTexts } from "./texts.ts";

const words = defineTexts(en, import.meta.glob(["./failures/*.json", "!./failures/en.json"]));
await words.ready;
const ours = Object.keys(en) as (keyof typeof en)[];

/** Why a mail was not sent, or not to whom: in our words what we found, with what was said about it; else as its mail server said it. */
export function mailFailure(reason: string): string {
  const [code, ...rest] = reason.split(": ");
  const known = ours.find((each) => each === code);
  if (!known) return reason;
  const said = `\u2068${rest.join(": ")}\u2069`;
  if (known === "left_out") return words.t(known, { words: said });
  return rest.length > 0 ? `${words.t(known)} (${said})` : words.t(known);
}

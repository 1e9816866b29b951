/** Whom a reply by mail is for: pure, from what is proposed and what was typed. */
import type { ChosenView, PersonView, RecipientsView } from "#shared/wire.ts";

export const PEOPLE_MAX = 100;
export const fields = ["to", "cc", "bcc"] as const;
export type Field = (typeof fields)[number];
export type Whom = ChosenView;

const ADDRESS = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,9}$/;
const LONGEST = 254;

export const keyOf = ({ address }: PersonView): string => address.toLowerCase();
export const everybody = (whom: Whom): PersonView[] => fields.flatMap((field) => whom[field]);
export const proposed = ({ to, cc }: RecipientsView): Whom => ({ to, cc, bcc: [] });
/** A reply to whoever wrote, and to nobody else. */
export const toOne = ({ to }: RecipientsView): Whom => ({ to, cc: [], bcc: [] });

const isSame = (one: readonly PersonView[], other: readonly PersonView[]): boolean => one.length === other.length && one.every((person, index) => keyOf(person) === keyOf(other[index]!));
export const same = (one: Whom, other: Whom): boolean => fields.every((field) => isSame(one[field], other[field]));

/** Who was not among those of the mail that is answered, and who of them is left out. */
export function changes(last: readonly PersonView[], whom: Whom): { added: PersonView[]; dropped: PersonView[] } {
  const [before, now] = [new Set(last.map(keyOf)), new Set(everybody(whom).map(keyOf))];
  return { added: last.length === 0 ? [] : everybody(whom).filter((person) => !before.has(keyOf(person))), dropped: last.filter((person) => !now.has(keyOf(person))) };
}

/** Where the mail that is answered asks for answers, if that is not its sender: by addresses, for anybody may bear any name. */
export function leadsElsewhere({ reply_to, to, last }: RecipientsView, whom: Whom): { to: string; from: string; heeded: boolean } | undefined {
  const named = new Set(reply_to.map(keyOf));
  const has = (people: readonly PersonView[]): boolean => people.some((person) => named.has(keyOf(person)));
  const heeded = has(whom.to);
  if (!last[0] || !(heeded || (named.size > 0 && !has(to)))) return undefined;
  return { to: reply_to.map(({ address }) => address).join(", "), from: last[0].address, heeded };
}

/** One person as people write them: `ida@example.org`, or `Ida Ash <ida@example.org>`. */
function personOf(text: string): PersonView | undefined {
  const open = text.lastIndexOf("<");
  const address = (open < 0 ? text : text.slice(open + 1).replace(">", "")).trim();
  if (address.length > LONGEST || !ADDRESS.test(address)) return undefined;
  const name = open < 0 ? "" : text.slice(0, open).replaceAll('"', "").trim();
  return { name: name.slice(0, 160), address };
}

/** What was typed or pasted: whoever it names, and what of it names nobody. */
export function read(text: string): { people: PersonView[]; rest: string } {
  const parts = text.split(/[,;\n]/).map((part) => part.trim()).filter(Boolean);
  // Addresses one after the other, with nothing but spaces between them.
  const single = parts.flatMap((part) => (personOf(part) || !part.includes("@") ? [part] : part.split(/\s+/)));
  const people = single.flatMap((part) => personOf(part) ?? []);
  return { people, rest: single.filter((part) => !personOf(part)).join(", ") };
}

/** With these added to one field; nobody stands in two, and there are 100 at most. */
export function add(whom: Whom, field: Field, people: readonly PersonView[]): Whom {
  const taken = new Set(everybody(whom).map(keyOf));
  const room = PEOPLE_MAX - taken.size;
  const fresh = people.filter((person) => !taken.has(keyOf(person)) && taken.add(keyOf(person)));
  return { ...whom, [field]: [...whom[field], ...fresh.slice(0, room)] };
}

export const remove = (whom: Whom, field: Field, person: PersonView): Whom => ({ ...whom, [field]: whom[field].filter((one) => keyOf(one) !== keyOf(person)) });

const ATTACHED = /\b(?:attach(?:ed|ing|ments?)|enclosed)\b|مرفق|أرفق|ارفق|بالمرفقات/i;

/** Whether a text speaks of something that is attached, in English or Arabic. */
export const saysAttached = (text: string): boolean => ATTACHED.test(text.split("\n").filter((line) => !line.startsWith(">")).join("\n"));

/** A date as the wire writes it. */
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const NUMBERED = /^(#\d+) (.+)$/s;

/**
 * A panel's text in the reader's language. The server writes English; `say` knows some of it in other words, and gives back the rest as it is.
 * "#1006 Handed to people: refund" is made of what is known: a number, and what stands on both sides of the colon.
 */
export function worded(text: string, say: (text: string) => string, date: (at: Date) => string): string {
  if (DATE.test(text)) {
    const at = new Date(`${text}T00:00:00Z`);
    return Number.isNaN(at.getTime()) ? text : date(at);
  }
  const known = say(text);
  if (known !== text) return known;
  const [, number, rest] = NUMBERED.exec(text) ?? [];
  if (number && rest) return `${number} ${worded(rest, say, date)}`;
  const colon = text.indexOf(": ");
  return colon > 0 ? `${say(text.slice(0, colon))}: ${say(text.slice(colon + 2))}` : text;
}

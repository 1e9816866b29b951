import type { ImportRow } from "#shared/wire.ts";

const reasons = ["bounced", "complained", "manual", "unsubscribed", "imported"] as const;
const NOTE_MAX = 200;

/** A line as far as a list of addresses needs it: cells, without quotes around them. */
const cells = (line: string): string[] => line.split(/[,;\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1").trim());

/**
 * The addresses in a text: one in each line, with a reason and a note after it, in any order. A first line without an address is a heading.
 * `line`: where each stands, from 1.
 */
export function rowsIn(text: string): { line: number; row: Required<ImportRow> }[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  const found = lines.flatMap((content, index) => {
    const [address = "", ...rest] = cells(content).filter(Boolean).sort((a, b) => Number(b.includes("@")) - Number(a.includes("@")));
    if (!address) return [];
    const reason = reasons.find((each) => rest.some((cell) => cell.toLowerCase() === each)) ?? "imported";
    const note = rest.filter((cell) => cell.toLowerCase() !== reason).join(", ").slice(0, NOTE_MAX);
    return [{ line: index + 1, row: { address: address.slice(0, 400), reason, note } }];
  });
  return found[0] && !found[0].row.address.includes("@") ? found.slice(1) : found;
}

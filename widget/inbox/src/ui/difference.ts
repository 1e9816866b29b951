export interface Piece {
  kind: "same" | "gone" | "new";
  text: string;
}

const WORD = /\S+\s*|\s+/g;
/** Cells of the table that is filled: beyond that, what lies between the equal ends counts as changed whole. */
const CELLS_MAX = 1_000_000;

/** How `after` came of `before`, word by word: all but `new` make `before`, all but `gone` make `after`. */
export function difference(before: string, after: string): Piece[] {
  const a = before.match(WORD) ?? [];
  const b = after.match(WORD) ?? [];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const gone = a.slice(start, a.length - end);
  const made = b.slice(start, b.length - end);
  return joined([...same(a.slice(0, start)), ...between(gone, made), ...same(a.slice(a.length - end))]);
}

const of = (kind: Piece["kind"]) => (words: readonly string[]): Piece[] => words.map((text) => ({ kind, text }));
const same = of("same");
const gone = of("gone");
const made = of("new");

/** Along the longest common subsequence. */
function between(a: readonly string[], b: readonly string[]): Piece[] {
  const width = b.length + 1;
  if ((a.length + 1) * width > CELLS_MAX) return [...gone(a), ...made(b)];
  const common = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i * width + j] = a[i] === b[j] ? common[(i + 1) * width + j + 1]! + 1 : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);
    }
  }
  const pieces: Piece[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      pieces.push({ kind: "same", text: a[i]! });
      i++;
      j++;
    } else if (common[(i + 1) * width + j]! >= common[i * width + j + 1]!) pieces.push({ kind: "gone", text: a[i++]! });
    else pieces.push({ kind: "new", text: b[j++]! });
  }
  return [...pieces, ...gone(a.slice(i)), ...made(b.slice(j))];
}

/** Neighbours of one kind are one piece. */
function joined(pieces: readonly Piece[]): Piece[] {
  const out: Piece[] = [];
  for (const piece of pieces) {
    const last = out.at(-1);
    if (last?.kind === piece.kind) last.text += piece.text;
    else out.push({ ...piece });
  }
  return out;
}

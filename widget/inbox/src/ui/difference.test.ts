import assert from "node:assert/strict";
import { test } from "node:test";
import { difference, type Piece } from "./difference.ts";

const told = (pieces: readonly Piece[]): string => pieces.map(({ kind, text }) => ({ same: text, gone: `[-${text}-]`, new: `[+${text}+]` })[kind]).join("");
const made = (pieces: readonly Piece[], without: Piece["kind"]): string => pieces.flatMap(({ kind, text }) => (kind === without ? [] : text)).join("");

test("words that changed stand between those that stayed", () => {
  assert.equal(told(difference("It takes 3 days to Norway.", "It takes 5 days to Norway.")), "It takes [-3 -][+5 +]days to Norway.");
  assert.equal(told(difference("a b c", "a c")), "a [-b -]c");
  assert.equal(told(difference("a c", "a b c")), "a [+b +]c");
  assert.deepEqual(difference("as it was", "as it was"), [{ kind: "same", text: "as it was" }]);
  assert.deepEqual(difference("", ""), []);
});

test("both texts can be read from what differs", () => {
  const words = ["one ", "two ", "\n", "three", "  "];
  let state = 7;
  const next = (): number => (state = (state * 1103515245 + 12345) % 2147483648);
  const text = (): string => Array.from({ length: next() % 12 }, () => words[next() % words.length]).join("");
  for (let round = 0; round < 500; round++) {
    const [before, after] = [text(), text()];
    const pieces = difference(before, after);
    assert.equal(made(pieces, "new"), before);
    assert.equal(made(pieces, "gone"), after);
    for (const [index, piece] of pieces.entries()) assert.notEqual(piece.kind, pieces[index + 1]?.kind);
  }
});

test("long texts without a word in common take no time", () => {
  const before = Array.from({ length: 5000 }, (_, index) => `a${index}`).join(" ");
  const after = Array.from({ length: 5000 }, (_, index) => `b${index}`).join(" ");
  const started = performance.now();
  assert.deepEqual(
    difference(before, after).map(({ kind }) => kind),
    ["gone", "new"],
  );
  assert.ok(performance.now() - started < 1000);
});

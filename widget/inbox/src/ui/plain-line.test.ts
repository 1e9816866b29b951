import assert from "node:assert/strict";
import { test } from "node:test";
import { plainLine } from "./plain-line.ts";

test("no mark is left of what Markdown draws", () => {
  assert.equal(plainLine("**Your order** is [on its way](https://example.com/track?id=1) [1]."), "Your order is on its way .");
  assert.equal(plainLine("# Returns\n\n- *within* 30 days\n- `free`\n> quoted"), "Returns within 30 days free quoted");
  assert.equal(plainLine("1. First\n2) Second\n---\n```js\ncode\n```"), "First Second code");
  assert.equal(plainLine("***loud*** and __bold__"), "loud and bold");
});

test("what the server put on one line is read as lines", () => assert.equal(plainLine("# Returns ## How long? Within **30 days**"), "Returns How long? Within 30 days"));

test("a text that was cut inside a mark shows none either", () => {
  assert.equal(plainLine("See **the whole"), "See the whole");
  assert.equal(plainLine("See [the guide](https://exam"), "See the guide");
});

test("signs that mark nothing stay", () => {
  for (const text of ["snake_case_name", "3 * 4 = 12", "a < b > c", "[not a link]", "it costs 5-7 €", "C# and #1042"]) assert.equal(plainLine(text), text);
});

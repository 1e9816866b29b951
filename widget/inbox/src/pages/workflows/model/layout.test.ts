import assert from "node:assert/strict";
import { test } from "node:test";
import { flat, itemsOf, tidy, type Raw } from "./definition.ts";
import { layout, neighbour, trail, type Placed } from "./layout.ts";

const branchesOf = (type: string): readonly string[] => ({ condition: ["true", "false"], fork: ["a", "b", "c"] })[type] ?? [];
const of = (steps: Raw[]) => itemsOf(tidy({ steps }), branchesOf);

let seed = 11;
const next = (most: number): number => (seed = (seed * 1103515245 + 12345) % 2147483648) % most;

/** Steps of any kind, in ways of any depth. */
function some(depth: number): Raw[] {
  return Array.from({ length: next(4) }, () => {
    const type = ["delay", "tag", "exit", "condition", "fork"][next(depth > 0 ? 5 : 3)]!;
    return { type, ...Object.fromEntries(branchesOf(type).map((name) => [`${name}_branch`, next(9) === 0 ? "delay_1" : some(depth - 1)])) };
  });
}

const overlap = (a: Placed, b: Placed): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

test("nothing covers anything, every step is there once, lines lead down, and the same comes out again", () => {
  for (let round = 0; round < 150; round++) {
    const items = of(some(3));
    const { placed, lines, width, height } = layout(items, round % 2 === 1);
    const drawn = placed.flatMap((node) => (node.kind === "step" ? [node.item.id] : []));
    assert.deepEqual(drawn, flat(items).map(({ id }) => id)); // in reading order, which is the order of Tab
    for (const [index, one] of placed.entries()) {
      assert.ok(one.x >= 0 && one.y >= 0 && one.x + one.width <= width && one.y + one.height <= height, one.key);
      for (const other of placed.slice(index + 1)) assert.ok(!overlap(one, other), `${one.key} covers ${other.key}`);
    }
    const at = new Map(placed.map((node) => [node.key, node]));
    assert.equal(at.size, placed.length);
    for (const { from, to } of lines) assert.ok(at.get(from)!.y + at.get(from)!.height <= at.get(to)!.y, `${from} → ${to}`);
    assert.deepEqual(layout(items, round % 2 === 1), { placed, lines, width, height });
  }
});

test("nothing follows an exit, and ways that all end are not joined", () => {
  const kinds = (steps: Raw[]): string[] => layout(of(steps)).placed.map(({ kind }) => kind);
  assert.deepEqual(kinds([]), ["trigger", "slot", "end"]);
  assert.deepEqual(kinds([{ type: "exit" }]), ["trigger", "slot", "step"]);
  assert.ok(kinds([{ type: "condition" }]).includes("join"));
  assert.ok(!kinds([{ type: "condition", true_branch: [{ type: "exit" }], false_branch: [{ type: "exit" }] }]).includes("join"));
});

test("arrow keys walk down the ways and across them, mirrored where the script is", () => {
  const items = of([{ id: "ask", type: "condition", true_branch: [{ id: "yes", type: "tag" }], false_branch: [{ id: "no", type: "tag" }] }, { id: "then", type: "tag" }]);
  const { placed } = layout(items);
  const go = (from: string, ...ways: ("up" | "down" | "left" | "right")[]): string | null => ways.reduce<string | null>((key, way) => key && neighbour(placed, key, way), from);
  assert.equal(go("trigger", "down"), "step:ask");
  assert.equal(go("trigger", "up"), null);
  assert.equal(go("step:yes", "right"), "step:no");
  assert.equal(go("step:no", "left"), "step:yes");
  assert.equal(go("step:no", "down"), "step:then");
  assert.equal(go("step:then", "up", "up"), "step:ask");
  assert.equal(neighbour(layout(items, true).placed, "step:yes", "left"), "step:no");
});

test("the way that somebody took is found, through the branch that he took", () => {
  const drawn = layout(of([{ id: "ask", type: "condition", true_branch: [{ id: "yes", type: "tag" }], false_branch: [] }, { id: "then", type: "tag" }]));
  const over = (...taken: [string, string][]): string[] => [...trail(drawn, taken.map(([step, branch]) => ({ step, branch })), { step: "then" })].toSorted();
  const [by, past] = [over(["ask", "true"], ["yes", ""]), over(["ask", "false"])];
  assert.ok(by.includes("step:ask>slot:$.steps[0].true_branch[0]") && by.includes("step:yes>slot:$.steps[0].true_branch[1]"));
  assert.ok(past.includes("step:ask>slot:$.steps[0].false_branch[0]") && !past.some((line) => line.includes("true_branch")));
  assert.ok([by, past].every((lines) => lines.includes("join:ask>slot:$.steps[1]") && lines.includes("slot:$.steps[1]>step:then")));
  assert.equal(trail(drawn, [], null).size, 0);
  assert.ok(trail(drawn, [{ step: "then", branch: "" }], "end").has("slot:$.steps[2]>end"));
});

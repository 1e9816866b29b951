import assert from "node:assert/strict";
import { test } from "node:test";
import { below, duplicate, flat, insert, itemsOf, made, remove, set, stepAt, tidy, written, type Definition } from "./definition.ts";

const branchesOf = (type: string): readonly string[] => ({ condition: ["true", "false"], wait_until_event: ["happened", "timeout"] })[type] ?? [];
const ids = (definition: Definition): string[] => flat(itemsOf(definition, branchesOf)).map(({ id }) => id);

const design = {
  triggerType: "abandoned_cart",
  triggerConfig: { after: 1 },
  steps: [
    { type: "delay", duration: 1, unit: "hours" },
    { type: "condition", config: { field: "contact.orderCount", operator: ">", value: 0 }, trueBranch: [{ type: "email", config: { subject: "Back?" } }], falseBranch: { id: 7, type: "exit" } },
  ],
};

test("the design's spelling becomes one spelling, and every step has an id", () => {
  const tidied = tidy(design);
  assert.deepEqual(tidied.trigger, { type: "abandoned_cart", config: { after: 1 } });
  assert.deepEqual(tidied.steps[0], { id: "delay_1", type: "delay", config: { duration: 1, unit: "hours" } });
  assert.deepEqual(ids(tidied), ["delay_1", "condition_1", "email_1", "7"]);
  assert.deepEqual(tidy(tidied), tidied);
});

test("branches may be named together, lead elsewhere, or be of a type that nobody knows", () => {
  const tidied = tidy({ quietHours: { start: "21:00", end: "08:00" }, steps: [{ id: "a", type: "odd", branches: { left: [{ id: "b", type: "tag" }], right: "c" } }, { id: "c", type: "exit" }] });
  const [odd] = itemsOf(tidied, () => undefined);
  assert.deepEqual(odd!.ways.map(({ name, jump, items }) => [name, jump, items.length]), [["left", undefined, 1], ["right", "c", 0]]);
  assert.deepEqual(tidied["quiet_hours"], { start: "21:00", end: "08:00" });
  for (const nonsense of [null, 3, "x", [], {}, { steps: 4 }, { trigger: 5, steps: [1, null] }]) assert.deepEqual(tidy(nonsense).steps, []);
});

test("a step is put into a way that was not written, taken out, and copied with ids of its own", () => {
  let now = tidy({ steps: [{ id: "ask", type: "condition" }] });
  const [ask] = itemsOf(now, branchesOf);
  now = insert(now, ask!.ways[1]!.list, 0, made(now, "tag", { add: ["cold"] }));
  now = insert(now, ["steps"], 1, made(now, "tag", { add: ["all"] }));
  assert.deepEqual(ids(now), ["ask", "tag_1", "tag_2"]);
  const [copied, id] = duplicate(now, ["steps", 0]);
  assert.deepEqual([ids(copied), id], [["ask", "tag_1", "condition_1", "tag_3", "tag_2"], "condition_1"]);
  assert.deepEqual(ids(now), ["ask", "tag_1", "tag_2"]); // the former is as it was
  assert.deepEqual(ids(remove(copied, ["steps", 0])), ["condition_1", "tag_3", "tag_2"]);
  const named = set(now, ["steps", 0], { name: "Known?", config: { field: "contact.email" } });
  assert.equal(itemsOf(named, branchesOf)[0]!.name, "Known?");
  assert.ok(!("name" in set(named, ["steps", 0], { name: undefined }).steps[0]!));
});

test("a problem finds its step and its field", () => {
  const items = itemsOf(tidy({ steps: [...Array.from({ length: 11 }, () => ({ type: "delay" })), { id: "ask", type: "condition", trueBranch: [{ id: "in", type: "tag" }] }] }), branchesOf);
  assert.equal(stepAt(items, "$.steps[11].config.field")?.id, "ask");
  assert.equal(stepAt(items, "$.steps[11].true_branch[0].config.add[1]")?.id, "in");
  assert.equal(stepAt(items, "$.steps[1]")?.id, "delay_2");
  assert.equal(stepAt(items, "$.goals[0]"), null);
  assert.equal(written(["steps", 2, "true_branch", 0]), "$.steps[2].true_branch[0]");
  assert.equal(below("$.steps[1].config.add[1]", "$.steps[1].config"), ".add[1]");
  assert.equal(below("$.steps[11]", "$.steps[1]"), null);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { fitted, placeOf, rowsOf, typed, written as condition } from "./conditions.ts";
import { fieldsOf, isOneCondition } from "./schema.ts";
import { spanOf, spanText, written } from "./spans.ts";

test("a span is one amount in one unit, however it was written", () => {
  assert.deepEqual(spanOf({ hours: 2 }), { amount: 2, unit: "hours" });
  assert.deepEqual(spanOf({ duration: 3, unit: "day" }), { amount: 3, unit: "days" });
  assert.deepEqual(spanOf({ hours: 1, minutes: 30 }), { amount: 90, unit: "minutes" });
  assert.equal(spanOf({ at: "09:00", hours: 0 }), null);
  assert.deepEqual(written({ amount: 2, unit: "days" }), { seconds: undefined, minutes: undefined, hours: undefined, days: 2, weeks: undefined, duration: undefined, unit: undefined });
  assert.equal(spanText({ amount: 1, unit: "hours" }, "en"), "1 hour");
});

test("plain conditions are rows, and come back as they were; others are not", () => {
  const one = { field: "contact.email", operator: "exists" };
  const two = { any: [one, { field: "order.total", operator: "greater_than", value: 50 }] };
  for (const each of [one, two]) assert.deepEqual(condition(rowsOf(each)!), each);
  assert.equal(condition(rowsOf(undefined)!), undefined);
  for (const deep of [{ not: one }, { all: [{ any: [one] }] }, { all: [one], any: [one] }, 4]) assert.equal(rowsOf(deep), null);
  assert.deepEqual(placeOf(".any[1].operator"), { row: 1, part: ".operator" });
  assert.deepEqual(placeOf(".value"), { row: 0, part: ".value" });
});

test("a value follows its operator", () => {
  assert.deepEqual(fitted({ field: "a", operator: "equals", value: 3 }, "in"), { field: "a", operator: "in", value: [3] });
  assert.deepEqual(fitted({ field: "a", operator: "in", value: ["x", "y"] }, "equals"), { field: "a", operator: "equals", value: "x" });
  assert.deepEqual(fitted({ field: "a", operator: "equals", value: "x" }, "exists"), { field: "a", operator: "exists" });
  assert.deepEqual([typed("50", true), typed("", true), typed("50", false), typed("x", true)], [50, "", "50", "x"]);
});

test("a schema is read as fields: what must be said first", () => {
  const span = Object.fromEntries(["seconds", "minutes", "hours", "days", "weeks", "duration"].map((name) => [name, { type: "number" }]));
  const schema = {
    $ref: "#/$defs/C",
    $defs: {
      C: {
        properties: {
          ...span,
          unit: { enum: ["hours"] },
          at: { anyOf: [{ type: "string", description: "Time of day, as 09:30." }, { type: "null" }] },
          on: { enum: ["a", "b"] },
          when: { anyOf: [{ $ref: "#/$defs/Condition" }, { type: "null" }] },
          names: { type: "array", items: { type: "string" } },
          days_: { type: "array", items: { enum: ["mon"] } },
          inbox_id: { type: "integer" },
          content: { type: "string", maxLength: 20_000 },
          mixed: { anyOf: [{ type: "string" }, { type: "integer" }] },
        },
        required: ["content"],
      },
      Condition: {},
    },
  };
  assert.deepEqual(
    fieldsOf(schema).map(({ name, control }) => [name, control.kind]),
    [["span", "span"], ["content", "text"], ["at", "clock"], ["on", "choice"], ["when", "condition"], ["names", "words"], ["days_", "choices"], ["inbox_id", "one"], ["mixed", "json"]],
  );
  assert.equal(fieldsOf(schema).find(({ name }) => name === "at")!.nullable, true);
  assert.ok(isOneCondition({ $ref: "#/$defs/Condition", $defs: {} }) && !isOneCondition(schema));
  assert.deepEqual(fieldsOf({}), []);
});

test("a mail goes out from an inbox that has an address, all else begins in any", () => {
  const id = { anyOf: [{ type: "integer" }, { type: "null" }] };
  const of = (schema: Record<string, unknown>) => fieldsOf(schema).map(({ name, control }) => [name, control.kind === "one" ? control.of : ""]);
  assert.deepEqual(of({ properties: { template_id: id, inbox_id: id } }), [["template_id", "template"], ["inbox_id", "sender"]]);
  assert.deepEqual(of({ properties: { inbox_id: { type: "integer" } } }), [["inbox_id", "inbox"]]);
});

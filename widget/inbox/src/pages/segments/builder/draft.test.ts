import assert from "node:assert/strict";
import { test } from "node:test";
import type { FieldView } from "#shared/wire.ts";
import { changed, fromTree, newClause, partAt, places, toTree, type Group, type Tree } from "./draft.ts";
import { gaps } from "./gaps.ts";

const operator = (name: string, value: FieldView["operators"][number]["value"]): FieldView["operators"][number] => ({ name, label: name, value });
const field = (name: string, kind: FieldView["kind"], operators: FieldView["operators"], properties: FieldView["properties"] = []): [string, FieldView] => [
  name,
  { name, label: name, kind, operators, choices: [], group: "", known: [], properties },
];
const channel = { name: "channel", label: "", kind: "choice" as const, operators: [operator("is", "text")], choices: [{ value: "chat", label: "Chat" }] };
const fields = new Map([
  field("contact.email", "text", [operator("is", "text"), operator("is_set", "none")]),
  field("contact.tags", "tags", [operator("has", "text"), operator("has_any", "texts")]),
  field("contact.custom", "custom", [operator("is", "any"), operator("lt", "number")]),
  field("contact.created_at", "moment", [operator("before", "moment"), operator("in_last_days", "days")]),
  field("analytics.wrote", "facts", [operator("did", "times"), operator("did_not", "times")], [channel]),
]);

const tree: Tree = {
  all: [
    { field: "contact.tags", op: "has", value: "vip" },
    { not: { field: "analytics.wrote", op: "did", times: 2, days: 30, where: [{ field: "channel", op: "is", value: "chat" }] } },
    { not: { any: [{ segment: 7 }, { field: "contact.custom", op: "is", key: "city", value: 7 }] } },
    { field: "contact.email", op: "is_set" },
  ],
};

test("a tree comes back as it was", () => assert.deepEqual(toTree(fromTree(tree), fields), tree));

test("a comparison alone stands in a group, and the opposite of an opposite is plain", () => {
  const alone = { not: { not: { field: "contact.email", op: "is_set" } } };
  assert.deepEqual(toTree(fromTree(alone), fields), { all: [{ field: "contact.email", op: "is_set" }] });
  assert.deepEqual(toTree(fromTree({ not: { any: [{ segment: 1 }] } }), fields), { not: { any: [{ segment: 1 }] } });
});

test("a path leads to the part that it is about", () => {
  const root = fromTree(tree);
  const found = places(root);
  const [tags, wrote, group] = root.parts as [Group, Group, Group];
  assert.equal(partAt(found, "$.all[0].value"), tags.id);
  assert.equal(partAt(found, "$.all[1].not.times"), wrote.id);
  assert.equal(partAt(found, "$.all[1].not.where[0].value"), (root.parts[1] as ReturnType<typeof newClause>).where[0]!.id);
  assert.equal(partAt(found, "$.all[2].not.any"), group.id);
  assert.equal(partAt(found, "$.all[2].not.any[1].key"), group.parts[1]!.id);
  assert.equal(partAt(found, "$"), root.id);
  assert.equal(partAt(found, "nowhere"), undefined);
});

test("a part is changed and taken out wherever it stands", () => {
  const root = fromTree(tree);
  const inner = (root.parts[2] as Group).parts[0]!;
  const without = changed(root, inner.id, () => undefined);
  assert.equal((without.parts[2] as Group).parts.length, 1);
  const where = (root.parts[1] as ReturnType<typeof newClause>).where[0]!;
  const other = changed(root, where.id, (part) => ({ ...part, not: true }));
  assert.ok((other.parts[1] as ReturnType<typeof newClause>).where[0]!.not);
  assert.ok(!(root.parts[1] as ReturnType<typeof newClause>).where[0]!.not, "the one before is as it was");
});

test("what is not written yet is told by its part", () => {
  const told = (raw: Tree): string[] => [...gaps(fromTree(raw), fields).values()];
  assert.deepEqual(told(tree), []);
  assert.deepEqual(told({ all: [] }), []);
  assert.deepEqual(told({ any: [] }), ["empty"]);
  assert.deepEqual(told({ all: [{ all: [] }] }), ["empty"]);
  assert.deepEqual(told({ all: [{ field: "" }] }), ["no_field"]);
  assert.deepEqual(told({ all: [{ segment: null }] }), ["no_segment"]);
  assert.deepEqual(told({ all: [{ field: "contact.email", op: "is", value: "" }] }), ["no_text"]);
  assert.deepEqual(told({ all: [{ field: "contact.tags", op: "has_any", value: [] }] }), ["no_list"]);
  assert.deepEqual(told({ all: [{ field: "contact.custom", op: "is", key: "", value: "x" }] }), ["no_key"]);
  assert.deepEqual(told({ all: [{ field: "contact.custom", op: "lt", key: "a", value: "x" }] }), ["no_number"]);
  assert.deepEqual(told({ all: [{ field: "contact.created_at", op: "before", value: "" }] }), ["no_moment"]);
  assert.deepEqual(told({ all: [{ field: "contact.created_at", op: "in_last_days", value: 0 }] }), ["no_days"]);
  assert.deepEqual(told({ all: [{ field: "analytics.wrote", op: "did", times: "" }] }), ["no_whole_number"]);
  assert.deepEqual(told({ all: [{ field: "analytics.wrote", op: "did", where: [{ field: "channel", op: "is", value: "" }] }] }), ["no_text"]);
});

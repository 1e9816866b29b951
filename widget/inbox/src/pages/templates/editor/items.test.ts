import assert from "node:assert/strict";
import { test } from "node:test";
import { alongPath, copyOf, inserted, moved, pathOf, toBlocks, toItems, type Block } from "./items.ts";

const text = (words: string): Block => ({ type: "text", text: words, align: "start" });
const blocks: Block[] = [text("a"), { type: "columns", columns: [{ blocks: [] }, { blocks: [{ type: "spacer", height: 8 }, { type: "text", text: "b", align: "end" }] }] }, text("c")];

test("what goes into the editor comes out of it", () => assert.deepEqual(toBlocks(toItems(blocks)), blocks));

test("a block's path is what the server calls it, and leads back to it", () => {
  const items = toItems(blocks);
  const columns = items[1]!;
  assert.ok(columns.block.type === "columns");
  const inner = columns.block.columns[1]![1]!;
  const path = pathOf(items, inner.id);
  assert.equal(path, "blocks[1].columns[1].blocks[1]");
  assert.deepEqual(alongPath(items, `${path}.text`), [columns.id, inner.id]);
  assert.deepEqual(alongPath(items, "subject"), []);
  assert.deepEqual(alongPath(items, "blocks[9].text"), []);
  assert.equal(pathOf(items, -1), undefined);
});

test("a copy is the same with numbers of its own", () => {
  const [item] = toItems([blocks[1]!]);
  const copy = copyOf(item!);
  assert.deepEqual(toBlocks([copy]), [blocks[1]]);
  assert.notEqual(copy.id, item!.id);
});

test("moving keeps all, and nothing moves out of the list", () => {
  const list = ["a", "b", "c", "d"];
  for (let from = -1; from < 5; from++) for (let to = -1; to < 5; to++) assert.deepEqual([...moved(list, from, to)].sort(), list);
  assert.deepEqual(moved(list, 0, 2), ["b", "c", "a", "d"]);
  assert.deepEqual(moved(list, 3, 0), ["d", "a", "b", "c"]);
  assert.deepEqual(moved(list, 0, 9), list);
  assert.deepEqual(inserted(list, 1, "x"), ["a", "x", "b", "c", "d"]);
});

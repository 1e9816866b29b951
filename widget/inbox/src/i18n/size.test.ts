import assert from "node:assert/strict";
import { test } from "node:test";
import { sizeText } from "./size.ts";

test("a size is told in the unit that people would use", () => {
  const sizes: [number, string][] = [[0, "0 bytes"], [1, "1 byte"], [1023, "1,023 bytes"], [1024, "1 kB"], [150_000, "146 kB"], [2.4 * 2 ** 20, "2.4 MB"], [25 * 2 ** 20, "25 MB"], [3 * 2 ** 40, "3,072 GB"]];
  for (const [bytes, text] of sizes) assert.equal(sizeText(bytes, "en"), text);
});

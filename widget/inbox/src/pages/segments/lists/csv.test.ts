import assert from "node:assert/strict";
import { test } from "node:test";
import { csv } from "./csv.ts";

test("cells are quoted where they must be, and none is a formula", () => {
  assert.equal(csv([["Line", "What"], [4, 'a "b", c'], [-5, "=1+1"]]), '\uFEFFLine,What\r\n4,"a ""b"", c"\r\n-5,\'=1+1\r\n');
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { rowsIn } from "./rows.ts";

const said = (text: string): unknown[] => rowsIn(text).map(({ line, row: { address, reason, note } }) => [line, address, reason, note]);

test("each line has an address, wherever it stands, and what is said of it", () => {
  const text = '\uFEFFEmail;Reason;Note\r\nida@example.com\r\n\r\n"una@example.com";Bounced;"550 no such user"\r\nSpring letter\ttheo@example.com\tcomplained';
  assert.deepEqual(said(text), [
    [2, "ida@example.com", "imported", ""],
    [4, "una@example.com", "bounced", "550 no such user"],
    [5, "theo@example.com", "complained", "Spring letter"],
  ]);
});

test("what is no address is left to the server to refuse, but for a heading", () => {
  assert.deepEqual(said("a@example.com\nnobody"), [[1, "a@example.com", "imported", ""], [2, "nobody", "imported", ""]]);
  assert.deepEqual(said("address"), []);
  assert.deepEqual(said(""), []);
});

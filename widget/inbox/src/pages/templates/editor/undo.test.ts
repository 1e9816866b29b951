import assert from "node:assert/strict";
import { test } from "node:test";
import { begun, changed, redone, undone } from "./undo.ts";

test("every step is taken back and done again", () => {
  let state = begun(0);
  for (let n = 1; n <= 5; n++) state = changed(state, n, "", n);
  for (let n = 4; n >= 0; n--) assert.equal((state = undone(state)).now, n);
  assert.equal(undone(state), state);
  for (let n = 1; n <= 5; n++) assert.equal((state = redone(state)).now, n);
  assert.equal(redone(state), state);
});

test("typing in one field is one step, a rest or another field begins the next", () => {
  let state = changed(begun(""), "a", "text", 10_000);
  state = changed(state, "ab", "text", 10_500);
  state = changed(state, "abc", "text", 12_000);
  state = changed(state, "abcd", "title", 12_100);
  assert.equal((state = undone(state)).now, "abc");
  assert.equal((state = undone(state)).now, "ab");
  assert.equal(undone(state).now, "");
});

test("a change after undoing forgets what was undone", () => {
  const state = changed(undone(changed(begun(1), 2, "", 1)), 3, "", 2);
  assert.deepEqual([state.past, state.now, state.future], [[1], 3, []]);
});

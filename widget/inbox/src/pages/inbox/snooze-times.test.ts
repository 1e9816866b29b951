import assert from "node:assert/strict";
import { test } from "node:test";
import { presets, snoozeTime } from "./snooze-times.ts";

const at = (day: number, hour: number): Date => new Date(2026, 10, day, hour, 20); // November 2026: the 22nd is a Sunday

test("every preset lies ahead, at any day and hour", () => {
  for (let day = 1; day <= 30; day++) for (let hour = 0; hour < 24; hour++) for (const preset of presets) assert.ok(snoozeTime(preset, at(day, hour)) > at(day, hour));
});

test("mornings are nine o'clock, and next Monday is a Monday that is not today", () => {
  assert.deepEqual(snoozeTime("tomorrow", at(22, 23)), new Date(2026, 10, 23, 9));
  assert.deepEqual(snoozeTime("monday", at(22, 10)), new Date(2026, 10, 23, 9));
  assert.deepEqual(snoozeTime("monday", at(23, 8)), new Date(2026, 10, 30, 9));
  assert.deepEqual(snoozeTime("monday", at(24, 8)), new Date(2026, 10, 30, 9));
});

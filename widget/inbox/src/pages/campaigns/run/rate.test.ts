import assert from "node:assert/strict";
import { test } from "node:test";
import { leftOf, rateOf, sampled, type Sample } from "./rate.ts";

test("the rate is that of the last moments", () => {
  let samples: Sample[] = [];
  for (let second = 0; second <= 60; second += 2) samples = sampled(samples, { at: second * 1000, done: second < 30 ? second * 10 : 300 + (second - 30) * 100 });
  assert.equal(Math.round(rateOf(samples)!), 100);
  assert.equal(leftOf(500, rateOf(samples)), 5);
});

test("of one moment there is no rate, and of standing still no end", () => {
  assert.equal(rateOf([]), undefined);
  assert.equal(rateOf(sampled([], { at: 0, done: 5 })), undefined);
  const still = sampled(sampled([], { at: 0, done: 5 }), { at: 4000, done: 5 });
  assert.equal(rateOf(still), 0);
  assert.equal(leftOf(10, rateOf(still)), undefined);
});

test("an older answer changes nothing", () => {
  const samples = sampled(sampled([], { at: 0, done: 5 }), { at: 4000, done: 9 });
  assert.deepEqual(sampled(samples, { at: 3000, done: 7 }), samples);
});

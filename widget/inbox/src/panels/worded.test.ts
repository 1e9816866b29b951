import assert from "node:assert/strict";
import { test } from "node:test";
import { worded } from "./worded.ts";

const arabic: Record<string, string> = { Activity: "النشاط", "Handed to people": "سُلّمت إلى شخص", refund: "استرداد المال" };
const say = (text: string): string => arabic[text] ?? text;
const date = (at: Date): string => new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" }).format(at);
const of = (text: string): string => worded(text, say, date);

test("what is known is said in other words", () => assert.equal(of("Activity"), "النشاط"));
test("a number and a colon stay between what is known", () => assert.equal(of("#1006 Handed to people: refund"), "#1006 سُلّمت إلى شخص: استرداد المال"));
test("what is not known stays as it is", () => {
  for (const text of ["Loyalty: gold", "12,40 €", "", ":", "#7", "see: this: that"]) assert.equal(of(text), text);
});
test("a day is a day of the reader's calendar", () => {
  assert.equal(of("2026-11-25"), "Nov 25, 2026");
  assert.equal(of("2026-99-99"), "2026-99-99");
});

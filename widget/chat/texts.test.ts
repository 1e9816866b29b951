import assert from "node:assert/strict";
import { test } from "node:test";
import ar from "./ar.json" with { type: "json" };
import en from "./en.json" with { type: "json" };
import arReading from "./reading.ar.json" with { type: "json" };
import reading from "./reading.en.json" with { type: "json" };

test("every text has its Arabic, with the same placeholders", () => {
  const english: Record<string, string> = { ...en, ...reading };
  const arabic: Record<string, string> = { ...ar, ...arReading };
  assert.deepEqual(Object.keys(arabic).sort(), Object.keys(english).sort());
  const holes = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();
  for (const [key, text] of Object.entries(english)) assert.deepEqual(holes(arabic[key]!), holes(text), key);
});

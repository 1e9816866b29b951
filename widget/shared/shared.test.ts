import assert from "node:assert/strict";
import { test } from "node:test";
import { accent, contrast, ensure, foreground, hash, mix, parse } from "./color.ts";
import { direction, negotiate, translate } from "./i18n.ts";
import { clientId } from "./ids.ts";
import { load, isOneOf, save } from "./storage.ts";
import { ago, day, elapsed } from "./time.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");

test("times are written for people, in their language", () => {
  assert.equal(ago(NOW - 5_000, "en", NOW), "now");
  assert.equal(ago(NOW - 3 * 60_000, "en", NOW), "3 min. ago");
  assert.equal(ago(NOW + 2 * 3_600_000, "en", NOW), "in 2 hr.");
  assert.equal(ago("2026-11-21T11:00:00Z", "en", NOW), "yesterday");
  assert.equal(elapsed(4 * 86_400_000, "en"), "4d");
  assert.equal(elapsed(59_999, "en"), "59s");
  assert.equal(elapsed(-5, "en"), "0s");
  assert.equal(day(NOW, "en", NOW), "today");
  assert.match(day("2024-01-05T12:00:00Z", "en", NOW), /Jan 5, 2024/);
  assert.match(ago(NOW - 3 * 60_000, "ar", NOW), /دقائق/);
});

test("contrast follows WCAG", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
  assert.ok(Math.abs(contrast("#777777", "#ffffff") - 4.48) < 0.01);
  assert.deepEqual(parse("#abc"), [170, 187, 204]);
  assert.equal(parse("red"), undefined);
  assert.equal(mix("#000000", "#ffffff", 0.5), "#808080");
  assert.ok(contrast(ensure("#ffff00", "#ffffff", 4.5), "#ffffff") >= 4.5);
});

test("every accent is readable on light and on dark panes", () => {
  const channel = [0, 64, 128, 192, 255].map((value) => value.toString(16).padStart(2, "0"));
  for (const r of channel) for (const g of channel) for (const b of channel) for (const pane of ["#ffffff", "#141417"]) {
    const brand = `#${r}${g}${b}`;
    const made = accent(brand, pane);
    assert.ok(contrast(made.fill, pane) >= 3, `fill of ${brand} on ${pane}`);
    assert.ok(contrast(made.on, made.fill) >= 4.5, `label of ${brand} on ${pane}`);
    assert.ok(contrast(made.on, made.hover) >= 4.5, `label of ${brand} under the pointer on ${pane}`);
    assert.ok(contrast(made.text, pane) >= 4.5 && contrast(made.text, made.soft) >= 4.5, `text of ${brand} on ${pane}`);
  }
  assert.equal(accent("nonsense", "#ffffff").fill, "#3557c9");
  assert.equal(foreground("#ffff00"), "#16161a");
});

test("plural forms, numbers and placeholders are filled in", () => {
  const en = { unread_one: "{count} unread", unread_other: "{count} unread of {name}", hello: "Hi {name}, {missing}" };
  assert.equal(translate(en, "en", "unread", { count: 1 }), "1 unread");
  assert.equal(translate(en, "en", "unread", { count: 1200, name: "Ana" }), "1,200 unread of Ana");
  assert.equal(translate(en, "en", "hello", { name: "$&" }), "Hi $&, {missing}");
  assert.equal(translate(en, "en", "absent"), undefined);
  assert.equal(direction("ar"), "rtl");
  assert.equal(direction("arn"), "ltr");
  assert.equal(negotiate(["de-AT", "ar-EG"], ["en", "ar"]), "ar");
  assert.equal(negotiate(["de"], ["en", "ar"]), "en");
});

test("client ids do not repeat and sort by time", () => {
  const ids = new Set(Array.from({ length: 10_000 }, () => clientId()));
  assert.equal(ids.size, 10_000);
  assert.match(clientId(), /^[0-9a-hjkmnp-tv-z]{26}$/);
  assert.ok(clientId(1_000) < clientId(2_000));
  assert.equal(hash("Ana"), hash("Ana"));
});

test("storage falls back to memory and refuses what it does not know", () => {
  const theme = isOneOf("light", "dark");
  assert.equal(load("theme", "light", theme), "light");
  save("theme", "dark");
  assert.equal(load("theme", "light", theme), "dark");
  save("theme", "pink");
  assert.equal(load("theme", "light", theme), "light");
  save("theme", undefined);
  assert.equal(load("theme", "light", theme), "light");
});

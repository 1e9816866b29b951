import assert from "node:assert/strict";
import { test } from "node:test";
import { hrefOf } from "./href.ts";

const here = "https://desk.example";

test("a link that starts with a slash stays on this site", () => {
  for (const href of ["/contacts/7", "/knowledge?q=a#b", "/"]) assert.equal(hrefOf(href, here), href);
});

test("what only looks like an address of ours is none", () => {
  for (const href of ["//evil.example", "/\\evil.example", "/\t/evil.example", "/\n/evil.example", "/\r\\evil.example", "\\\\evil.example", "/\t\t//evil.example/a"])
    assert.equal(hrefOf(href, here), undefined, JSON.stringify(href));
});

test("what comes out never leaves by another reading", () => {
  for (const href of ["/./\t/evil.example", "/a/..//evil.example", "/.//evil.example", "/%09/evil.example"]) {
    const safe = hrefOf(href, here);
    assert.ok(safe === undefined || new URL(safe, here).origin === here, JSON.stringify(href));
  }
});

test("others are followed by http, https and mailto alone", () => {
  assert.equal(hrefOf("https://shop.example/a", here), "https://shop.example/a");
  for (const href of ["javascript:alert(1)", "evil", "data:text/html,x", ""]) assert.equal(hrefOf(href, here), undefined, href);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { inline, markdown, plainText, safeHref } from "./markdown.ts";

test("bold, italics, code, links and citations become tokens", () => {
  assert.deepEqual(markdown("**Hi** *you*, `x < 1` [site](https://a.example/b) [2]"), [
    {
      type: "paragraph",
      children: [
        { type: "strong", children: [{ type: "text", text: "Hi" }] },
        { type: "text", text: " " },
        { type: "em", children: [{ type: "text", text: "you" }] },
        { type: "text", text: ", " },
        { type: "code", text: "x < 1" },
        { type: "text", text: " " },
        { type: "link", href: "https://a.example/b", children: [{ type: "text", text: "site" }] },
        { type: "text", text: " " },
        { type: "cite", number: 2 },
      ],
    },
  ]);
});

test("only http, https and mailto links are links", () => {
  for (const href of ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "//a.example", "/a"]) {
    assert.equal(safeHref(href), undefined, href);
    assert.equal(inline(`[x](${href})`).some((token) => token.type === "link"), false, href);
  }
  assert.equal(safeHref("mailto:a@b.example"), "mailto:a@b.example");
  assert.equal(safeHref("java\nscript:alert(1)"), undefined);
});

test("a heading is a bold paragraph, and in articles a bare slug is a link", () => {
  const text = { type: "text", text: "returns" } as const;
  assert.deepEqual(markdown("## Returns\n[returns](return-policy)", true), [
    { type: "paragraph", heading: true, children: [{ type: "strong", children: [{ type: "text", text: "Returns" }] }] },
    { type: "paragraph", children: [{ type: "link", href: "", slug: "return-policy", children: [text] }] },
  ]);
  assert.ok(inline("[returns](return-policy)").every((token) => token.type === "text"));
});

test("HTML stays text", () => {
  assert.deepEqual(inline("<img src=x onerror=alert(1)>"), [{ type: "text", text: "<img src=x onerror=alert(1)>" }]);
});

test("lists keep their kind, start and continuation lines", () => {
  assert.deepEqual(markdown("3. a\n   b\n4. c\n\n- d"), [
    { type: "list", ordered: true, start: 3, items: [[{ type: "text", text: "a" }, { type: "break" }, { type: "text", text: "b" }], [{ type: "text", text: "c" }]] },
    { type: "list", ordered: false, start: 1, items: [[{ type: "text", text: "d" }]] },
  ]);
});

test("a bare address is a link without the full stop after it", () => {
  assert.deepEqual(inline("See https://a.example/x?y=1."), [
    { type: "text", text: "See " },
    { type: "link", href: "https://a.example/x?y=1", children: [{ type: "text", text: "https://a.example/x?y=1" }] },
    { type: "text", text: "." },
  ]);
});

test("marks inside words and lone marks stay text", () => {
  for (const text of ["snake_case_name", "2 * 3 * 4", "**", "a ** b", "*", "`", "[", "[a](b"]) assert.equal(plainText(inline(text)), text);
  assert.ok(inline("snake_case_name").every((token) => token.type === "text"));
});

test("an unclosed fence runs to the end, as while an answer still streams in", () => {
  assert.deepEqual(markdown("a\n```js\nlet x"), [
    { type: "paragraph", children: [{ type: "text", text: "a" }] },
    { type: "code", language: "js", text: "let x" },
  ]);
});

test("hostile input takes linear time", () => {
  for (const unit of ["**a ", "*a", "_a ", "[", "[a](", "`", "a*", "> ", "- ", "1. ", "https://", "__a_"]) {
    const before = process.cpuUsage();
    markdown(unit.repeat(40_000 / unit.length));
    const { user } = process.cpuUsage(before);
    assert.ok(user < 1_500_000, `${unit}: ${user / 1000} ms`); // quadratic time would take a minute
  }
});

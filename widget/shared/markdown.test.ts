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

/** Processor time in milliseconds. */
function spent(source: string): number {
  const before = process.cpuUsage();
  markdown(source, true);
  return process.cpuUsage(before).user / 1000;
}

const marks = ["**a ", "*a ", "*a", "_a ", "__a_", "*a*", "*a **b ", "*a _b **c __d ", "[", "[a](", "[a](b", "[a](b) ", "[a](http://[) ", "`", "``", "`a ", "a*"];
const addresses = ["h", "https://", "http://a ", "http://[-", "https://....", "[a](https://", "\\", "*xh ", "__x[ "];
const lines = ["> ", "- ", "1. ", "- a\n\n", "- a\n  b\n", "```\n", "```x y\n", "a\n```x y\n", "  a\n", "\n", "# ", "# a\n", "#", " ", "\t", "1", "- a\n \n"];
const before = ["", "# ", "# a ", "```", "- ", "> ", "[", "[a](", "https://", "*", "``` ", "  "];

test("twice the text takes about twice the time, whatever is written", () => {
  const slow: string[] = [];
  for (const unit of [...marks, ...addresses, ...lines]) {
    for (const head of unit.length === 1 ? before : [""]) {
      const [text, twice] = [20_000, 40_000].map((length) => head + unit.repeat(length / unit.length) + "x") as [string, string];
      let [once, both] = [Infinity, Infinity]; // the shortest of some tries: the machine is noisy
      for (let tries = 0; tries < 12 && both >= 10 && !(both <= 2.6 * once && both < 1000); tries++)
        [once, both] = [Math.min(once, spent(text)), Math.min(both, spent(twice))];
      if (both >= 10 && !(both <= 2.6 * once && both < 1000)) slow.push(`${JSON.stringify(head + unit)}: ${once} ms, twice as long ${both} ms`);
    }
  }
  assert.deepEqual(slow, []);
});

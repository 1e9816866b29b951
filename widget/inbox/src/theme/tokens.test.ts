import { accent, contrast } from "#shared/color.ts";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const css = readFileSync(new URL("../app.css", import.meta.url), "utf8");

function tokens(selector: string): Record<string, string> {
  const block = css.slice(css.indexOf(`\n${selector} {`)).split("\n}")[0]!;
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[\da-f]{6});/g)].map((match) => [match[1]!, match[2]!]));
}

const pairs = [
  ...["ink", "muted", "faint"].flatMap((text) => ["pane", "canvas", "raised", "sunken"].map((ground) => [text, ground, 4.5] as const)),
  ...["ink", "muted"].map((text) => [text, "note", 4.5] as const),
  ...["danger", "warning", "success", "info", "ai", "accent-text"].flatMap((tone) => [
    [tone, "pane", 4.5] as const,
    [tone, "raised", 4.5] as const,
    [tone, tone === "accent-text" ? "accent-soft" : `${tone}-soft`, 4.5] as const,
  ]),
  ["line-control", "pane", 3] as const,
  ["accent", "pane", 3] as const,
];

for (const selector of [":root", ".dark"]) {
  test(`the colours of ${selector} are readable`, () => {
    const all = tokens(selector);
    for (const [text, ground, ratio] of pairs) {
      const found = contrast(all[text]!, all[ground]!);
      assert.ok(found >= ratio, `${text} on ${ground}: ${found.toFixed(2)} < ${ratio}`);
    }
    assert.ok(contrast("#ffffff", all["danger-fill"]!) >= 4.5, "white on danger-fill");
    assert.ok(contrast(all["accent-on"]!, all["accent"]!) >= 4.5, "accent-on on accent");
    assert.ok(contrast(all["accent-on"]!, all["accent-hover"]!) >= 4.5, "accent-on on accent-hover");
  });
}

test("the panes that theme.ts computes accents for are those of app.css", () => {
  const theme = readFileSync(new URL("theme.ts", import.meta.url), "utf8");
  assert.ok(theme.includes(`light: "${tokens(":root")["pane"]}", dark: "${tokens(".dark")["pane"]}"`));
  assert.ok(accent("#3557c9", "#ffffff").on === "#ffffff");
});

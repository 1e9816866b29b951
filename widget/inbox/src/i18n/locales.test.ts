import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { test } from "node:test";

const widget = join(import.meta.dirname, "../../..");
const plural = /_(zero|one|two|few|many|other)$/;
const read = (path: string): Record<string, string> => JSON.parse(readFileSync(path, "utf8")) as Record<string, string>;
const placeholders = (text: string): string => [...new Set(text.match(/\{\w+\}/g))].sort().join();

const groups = globSync("{inbox/src,chat}/**/en.json", { cwd: widget }).map((path) => dirname(join(widget, path)));
// What the interface offers is what src/i18n has.
const locales = globSync("*.json", { cwd: import.meta.dirname }).map((path) => basename(path, ".json"));

for (const group of groups) {
  const en = read(join(group, "en.json"));
  for (const locale of locales) {
    test(`${group.slice(widget.length + 1)} is complete in ${locale}`, () => {
      const texts = read(join(group, `${locale}.json`));
      const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
      const wanted = new Map<string, string>();
      for (const [key, text] of Object.entries(en)) {
        if (!plural.test(key)) wanted.set(key, text);
        else for (const form of forms) wanted.set(key.replace(plural, `_${form}`), text);
      }
      assert.deepEqual(Object.keys(texts).sort(), [...wanted.keys()].sort());
      for (const [key, text] of wanted) {
        assert.ok(texts[key]?.trim(), key);
        if (!plural.test(key)) assert.equal(placeholders(texts[key] ?? ""), placeholders(text), key);
      }
    });
  }
}

test("there are texts to check", () => assert.ok(groups.length > 1 && locales.length > 1));

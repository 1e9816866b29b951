/**
 * A small, safe Markdown: text to tokens, for rendering as elements. There is no HTML in it and none comes out.
 * Paragraphs, lists, quotes, code, bold, italics, links (http, https, mailto), bare addresses and citations `[1]`; headings are bold
 * paragraphs. In articles a bare slug is a link too. Time is linear in the text's length.
 */

export type Inline =
  | { type: "text" | "code"; text: string }
  | { type: "strong" | "em"; children: Inline[] }
  | { type: "link"; href: string; slug?: string; children: Inline[] }
  | { type: "cite"; number: number }
  | { type: "break" };

export type Block =
  | { type: "paragraph" | "quote"; heading?: true; children: Inline[] }
  | { type: "list"; ordered: boolean; start: number; items: Inline[][] }
  | { type: "code"; language: string; text: string };

const SPAN = 2000; // the longest emphasis or address looked for
const DEPTH = 6;

/** The address as the browser will follow it, or `undefined` for any scheme but http, https and mailto. */
export function safeHref(href: string): string | undefined {
  try {
    const url = new URL(href);
    return /^(https?|mailto):$/.test(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

const cite = /\[(\d{1,3})\](?!\()/y;
const link = /\[([^[\]\n]{1,500})\]\(([^()\s]{1,2000})\)/y;
const slug = /^[a-z\d]+(-[a-z\d]+)*$/;
const address = /https?:\/\/[^\s<>"]{1,2000}/y;

function at(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(text);
}

/** Where the emphasis opened before `from` by `mark` ends, or -1. */
function closing(text: string, mark: string, from: number): number {
  const limit = Math.min(text.length, from + SPAN);
  for (let i = text.indexOf(mark, from + 1); i > 0 && i < limit; i = text.indexOf(mark, i + 1)) {
    if (/\s/.test(text[i - 1]!)) continue;
    if (mark.length === 1 && (text[i + 1] === mark || text[i - 1] === mark)) continue;
    if (mark.includes("_") && /[\p{L}\p{N}]/u.test(text[i + mark.length] ?? "")) continue;
    return i;
  }
  return -1;
}

export function inline(text: string, depth = 0, slugs = false): Inline[] {
  const out: Inline[] = [];
  const unclosed = new Set<string>();
  let plain = "";
  const push = (token: Inline, length: number, index: number): number => {
    if (plain) out.push({ type: "text", text: plain });
    plain = "";
    out.push(token);
    return index + length;
  };

  let i = 0;
  while (i < text.length) {
    const c = text[i]!;
    if (c === "\n") {
      i = push({ type: "break" }, 1, i);
      continue;
    }
    if (c === "\\" && /[\\`*_[\]()#>.+-]/.test(text[i + 1] ?? "")) {
      plain += text[i + 1];
      i += 2;
      continue;
    }
    if (c === "`" && !unclosed.has(c)) {
      const end = text.indexOf("`", i + 1);
      if (end > i + 1) {
        i = push({ type: "code", text: text.slice(i + 1, end) }, end + 1 - i, i);
        continue;
      }
      if (end < 0) unclosed.add(c);
    }
    if ((c === "*" || c === "_") && depth < DEPTH) {
      const mark = text[i + 1] === c ? c + c : c;
      const from = i + mark.length;
      const opens = /\S/.test(text[from] ?? " ") && !(c === "_" && /[\p{L}\p{N}]/u.test(text[i - 1] ?? ""));
      const end = opens && !unclosed.has(mark) ? closing(text, mark, from) : -1;
      if (end > 0) {
        const type = mark.length === 2 ? "strong" : "em";
        i = push({ type, children: inline(text.slice(from, end), depth + 1, slugs) }, end + mark.length - i, i);
        continue;
      }
      if (opens && text.indexOf(mark, from + 1) < 0) unclosed.add(mark);
      plain += mark;
      i += mark.length;
      continue;
    }
    if (c === "[") {
      const number = at(cite, text, i);
      if (number) {
        i = push({ type: "cite", number: Number(number[1]) }, number[0].length, i);
        continue;
      }
      const found = at(link, text, i);
      const [whole, label, to] = found ?? ["", "", ""];
      const href = safeHref(to!);
      const article = slugs && slug.test(to!) ? { slug: to! } : {};
      if (href || article.slug) {
        i = push({ type: "link", href: href ?? "", ...article, children: inline(label!, DEPTH) }, whole.length, i);
        continue;
      }
    }
    if (c === "h" && !/[\p{L}\p{N}]/u.test(text[i - 1] ?? "")) {
      const found = at(address, text, i)?.[0].replace(/[.,;:!?'*_)\]]+$/, "");
      const href = found && safeHref(found);
      if (found && href) {
        i = push({ type: "link", href, children: [{ type: "text", text: found }] }, found.length, i);
        continue;
      }
    }
    plain += c;
    i++;
  }
  if (plain) out.push({ type: "text", text: plain });
  return out;
}

const bullet = /^ {0,6}(?:[-*+•]|(\d{1,6})[.)])\s+(.*)$/;

/** `slugs`: a bare slug as a link's address names an article, as articles link to each other. */
export function markdown(source: string, slugs = false): Block[] {
  const lines = source.replace(/\r\n?/g, "\n").split("\n");
  const blocks: Block[] = [];
  let i = 0;
  while (i < lines.length) {
    const line = lines[i]!;
    const fence = /^\s{0,3}```\s*([\w+-]{0,20})\s*$/.exec(line);
    if (fence) {
      const end = lines.findIndex((other, index) => index > i && /^\s{0,3}```\s*$/.test(other));
      const stop = end < 0 ? lines.length : end;
      blocks.push({ type: "code", language: fence[1] ?? "", text: lines.slice(i + 1, stop).join("\n") });
      i = stop + 1;
      continue;
    }
    if (!line.trim()) {
      i++;
      continue;
    }
    const heading = /^#{1,6}\s+(.*?)#*$/.exec(line);
    if (heading) {
      blocks.push({ type: "paragraph", heading: true, children: [{ type: "strong", children: inline(heading[1]!.trim(), 1, slugs) }] });
      i++;
      continue;
    }
    const first = bullet.exec(line);
    if (first) {
      const ordered = first[1] !== undefined;
      const items: string[] = [];
      for (; i < lines.length; i++) {
        const item = bullet.exec(lines[i]!);
        if (item && (item[1] !== undefined) === ordered) items.push(item[2]!);
        else if (!item && /^\s{2,}\S/.test(lines[i]!)) items[items.length - 1] += "\n" + lines[i]!.trim();
        else if (lines[i]!.trim() || !bullet.test(lines[i + 1] ?? "")) break;
      }
      blocks.push({ type: "list", ordered, start: Number(first[1] ?? 1), items: items.map((item) => inline(item, 0, slugs)) });
      continue;
    }
    const quoted = /^\s{0,3}>/.test(line);
    const text: string[] = [];
    for (; i < lines.length; i++) {
      const next = lines[i]!;
      if (!next.trim() || /^\s{0,3}>/.test(next) !== quoted) break;
      if (text.length > 0 && (bullet.test(next) || /^(#{1,6}\s|\s{0,3}```)/.test(next))) break;
      text.push(quoted ? next.replace(/^\s{0,3}>\s?/, "") : next.trim());
    }
    blocks.push({ type: quoted ? "quote" : "paragraph", children: inline(text.join("\n"), 0, slugs) });
  }
  return blocks;
}

/** The same without any marks, for previews and notifications. */
export function plainText(tokens: readonly Inline[]): string {
  return tokens
    .map((token) => {
      if (token.type === "break") return " ";
      if (token.type === "cite") return "";
      return "text" in token ? token.text : plainText(token.children);
    })
    .join("");
}

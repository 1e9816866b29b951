/**
 * A small, safe Markdown: text to tokens, for rendering as elements. There is no HTML in it and none comes out.
 * Paragraphs, lists, quotes, code, bold, italics, links (http, https, mailto), bare addresses and citations `[1]`; headings are bold
 * paragraphs. In articles a bare slug is a link too. Time is linear in the text's length: each character is looked at a bounded number of times.
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

const DEPTH = 6;

/** The address as the browser will follow it, or `undefined` for any scheme but http, https and mailto. */
export function safeHref(href: string): string | undefined {
  if (!/^\s*[hm]/i.test(href)) return; // an exception takes a hundred times as long
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
const word = /[\p{L}\p{N}]/u;
const address = /https?:\/\/[^\s<>"]{1,2000}/y;

function at(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(text);
}

/** Where emphasis by `mark` may end, the last place first. */
function closings(text: string, mark: string): number[] {
  const found: number[] = [];
  for (let i = text.indexOf(mark, 1); i > 0; i = text.indexOf(mark, i + 1)) {
    if (/\s/.test(text[i - 1]!)) continue;
    if (mark.length === 1 && (text[i + 1] === mark || text[i - 1] === mark)) continue;
    if (mark.includes("_") && word.test(text[i + mark.length] ?? "")) continue;
    found.push(i);
  }
  return found.reverse();
}

/** Without any of `marks` at its end. A regular expression would go back over every run of them. */
function trimmed(text: string, marks: string): string {
  let end = text.length;
  while (end && marks.includes(text[end - 1]!)) end--;
  return text.slice(0, end);
}

export function inline(text: string, depth = 0, slugs = false): Inline[] {
  const out: Inline[] = [];
  const ends: Record<string, number[]> = {};
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
    if (c === "`") {
      const end = text.indexOf("`", i + 1);
      if (end > i + 1) {
        i = push({ type: "code", text: text.slice(i + 1, end) }, end + 1 - i, i);
        continue;
      }
    }
    if ((c === "*" || c === "_") && depth < DEPTH) {
      const mark = text[i + 1] === c ? c + c : c;
      const from = i + mark.length;
      const left = (ends[mark] ??= closings(text, mark));
      while (left.at(-1)! <= from) left.pop();
      const end = left.at(-1);
      if (end && /\S/.test(text[from]!) && !(c === "_" && word.test(text[i - 1] ?? ""))) {
        const type = mark.length === 2 ? "strong" : "em";
        i = push({ type, children: inline(text.slice(from, end), depth + 1, slugs) }, end + mark.length - i, i);
        continue;
      }
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
    if (c === "h" && !word.test(text[i - 1] ?? "")) {
      const found = trimmed(at(address, text, i)?.[0] ?? "", ".,;:!?'*_)]");
      const href = safeHref(found);
      if (href) {
        i = push({ type: "link", href, children: [{ type: "text", text: found }] }, found.length, i);
        continue;
      }
      plain += found;
      i += found.length;
      if (found) continue;
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
    const language = /^\s{0,3}```(.*)/.exec(line)?.[1]!.trim();
    if (language !== undefined && /^[\w+-]{0,20}$/.test(language)) {
      const start = ++i;
      while (i < lines.length && !/^\s{0,3}```\s*$/.test(lines[i]!)) i++;
      blocks.push({ type: "code", language, text: lines.slice(start, i++).join("\n") });
      continue;
    }
    if (!line.trim()) {
      i++;
      continue;
    }
    const heading = /^#{1,6}\s+(.*)/.exec(line);
    if (heading) {
      blocks.push({ type: "paragraph", heading: true, children: [{ type: "strong", children: inline(trimmed(heading[1]!, "#").trim(), 1, slugs) }] });
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

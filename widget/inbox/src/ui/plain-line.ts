/** Markdown as one line without marks: for previews and notifications. The text may be cut anywhere, also inside a link. */
export const plainLine = (text: string): string =>
  text
    .split("\n")
    .map((line) => line.replace(/^\s*(?:(?:#{1,6}|>|[-*+•]|\d+[.)])\s+|```.*$|(?:[-*_] ?){3,}$)/, ""))
    .join(" ")
    .replaceAll(/(^|\s)#{1,6}(?=\s)/g, "$1")
    .replaceAll(/!?\[([^[\]]{0,500})\]\([^)]{0,2000}(?:\)|$)/g, "$1")
    .replaceAll(/\[(\d{1,3})\]/g, "")
    .replaceAll(/(?<![\p{L}\p{N}])(?:\*{1,3}|_{1,3}|`+)(?=\S)|(?<=\S)(?:\*{1,3}|_{1,3}|`+)(?![\p{L}\p{N}])|\*\*/gu, "")
    .replaceAll(/\s+/g, " ")
    .trim();

/** Markdown as one line without marks: for previews and notifications. */
export const plainLine = (text: string): string =>
  text
    .split("\n")
    .map((line) => line.replace(/^\s*(?:#{1,6}|>|[-*+•]|\d+[.)])\s+/, ""))
    .join(" ")
    .replaceAll(/[*_`]{1,2}(?=\S)|(?<=\S)[*_`]{1,2}/g, "")
    .replaceAll(/\[(\d{1,3})\](?!\()/g, "")
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1");


import { isProblem } from "../../api/problem.ts";
import { partAt, places, type Group } from "./builder/draft.ts";
import { texts } from "./texts.ts";

/** One of what the server finds wrong in a tree, and where. */
export interface TreeProblem {
  path: string;
  code: string;
  detail: string;
}

const codes = [
  "empty", "no_field", "no_segment", "no_text", "no_list", "no_number", "no_moment", "no_days", "no_key", "no_whole_number", "unknown_field", "unknown_operator", "unknown_choice",
  "unknown_segment", "unusable_segment", "circular", "too_many_nodes", "too_deep",
] as const;

/** What is wrong, in words; what a newer server says, as it says it. */
export function problemWords(code: string, detail = ""): string {
  const known = codes.find((each) => each === code);
  return known ? texts.t(`problem.${known}`) : detail || code;
}

const isTreeProblem = (value: unknown): value is TreeProblem => typeof value === "object" && value !== null && "path" in value && "code" in value && "detail" in value;

/** What the server said is wrong in a tree; nothing where it was something else. */
export function problemsIn(error: unknown): TreeProblem[] {
  if (!isProblem(error) || !["bad_segment", "segment_broken"].includes(error.code)) return [];
  const found = error.extra["problems"];
  return Array.isArray(found) ? found.filter(isTreeProblem) : [];
}

/** By part of the tree that was asked about, in words. */
export function byPart(problems: readonly TreeProblem[], asked: Group): Map<number, string> {
  const found = places(asked);
  const told = new Map<number, string>();
  for (const { path, code, detail } of problems) {
    const id = partAt(found, path) ?? asked.id;
    if (!told.has(id)) told.set(id, problemWords(code, detail));
  }
  return told;
}

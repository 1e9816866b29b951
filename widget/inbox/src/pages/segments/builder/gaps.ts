import type { FieldView, PropertyView } from "#shared/wire.ts";
import { operatorOf, type Clause, type Fields, type Group, type Node } from "./draft.ts";

/** What is wrong with a part, as the server calls it; `no_field` and `no_segment`: nothing was chosen yet. */
export type Gap = "empty" | "no_field" | "no_segment" | "no_text" | "no_list" | "no_number" | "no_moment" | "no_days" | "no_key" | "no_whole_number";

/** Parts that nobody has written to their end: the server need not be asked about them. All else it judges. */
export function gaps(root: Group, fields: Fields): Map<number, Gap> {
  const found = new Map<number, Gap>();
  const look = (node: Node): void => {
    const gap = node.kind === "group" ? ofGroup(node, node === root) : node.kind === "segment" ? (node.segment ? undefined : "no_segment") : ofClause(node, fields.get(node.field));
    if (gap) found.set(node.id, gap);
    if (node.kind === "group") node.parts.forEach(look);
    if (node.kind !== "clause") return;
    for (const part of node.where) {
      const wrong = ofClause(part, fields.get(node.field)?.properties.find(({ name }) => name === part.field));
      if (wrong) found.set(part.id, wrong);
    }
  };
  look(root);
  return found;
}

const ofGroup = ({ parts, head }: Group, isRoot: boolean): Gap | undefined => (parts.length > 0 || (isRoot && head === "all") ? undefined : "empty");

function ofClause({ field, op, key, value, times, days }: Clause, known: FieldView | PropertyView | undefined): Gap | undefined {
  if (!field) return "no_field";
  const operator = operatorOf(known, op);
  if (!known || !operator) return undefined; // the server says it better
  if (known.kind === "custom" && !key.trim()) return "no_key";
  const isNumber = typeof value === "number" && Number.isFinite(value);
  switch (operator.value) {
    case "text":
      return value === "" ? "no_text" : undefined;
    case "texts":
      return Array.isArray(value) && value.length > 0 ? undefined : "no_list";
    case "number":
      return isNumber ? undefined : "no_number";
    case "moment":
      return value === "" ? "no_moment" : undefined;
    case "days":
      return isNumber && value >= 1 ? undefined : "no_days";
    case "any":
      return value === "" ? "no_text" : undefined;
    case "times":
      return isWhole(times) && (days === null || isWhole(days)) ? undefined : "no_whole_number";
    default:
      return undefined;
  }
}

const isWhole = (value: unknown): boolean => typeof value === "number" && Number.isInteger(value) && value >= 1;

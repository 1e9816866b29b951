import type { FieldView, OperatorView, PropertyView } from "#shared/wire.ts";

/** A segment's tree while somebody writes it: what the server takes, read into parts that can be moved and changed. */

export type Tree = Record<string, unknown>;

interface Part {
  /** Of this page alone. */
  id: number;
  /** The opposite of it. */
  not: boolean;
}

/** One comparison. `value` as it goes to the server; `times`, `days` and `where` are of what happened, `key` of own fields. */
export interface Clause extends Part {
  kind: "clause";
  field: string;
  op: string;
  key: string;
  value: unknown;
  times: unknown;
  days: unknown;
  where: readonly Clause[];
}

/** Whoever is in another segment, or on a list. */
export interface Member extends Part {
  kind: "segment";
  segment: number | undefined;
}

/** `all` of the parts hold, or `any` of them. */
export interface Group extends Part {
  kind: "group";
  head: "all" | "any";
  parts: readonly Node[];
}

export type Node = Clause | Member | Group;

let last = 0;
const fresh = (): number => ++last;

export const newClause = (field = "", op = ""): Clause => ({ id: fresh(), kind: "clause", not: false, field, op, key: "", value: "", times: 1, days: null, where: [] });
export const newMember = (): Member => ({ id: fresh(), kind: "segment", not: false, segment: undefined });
export const newGroup = (head: Group["head"] = "all", parts: readonly Node[] = []): Group => ({ id: fresh(), kind: "group", not: false, head, parts });

const isTree = (raw: unknown): raw is Tree => typeof raw === "object" && raw !== null && !Array.isArray(raw);
const listed = (raw: unknown): Tree[] => (Array.isArray(raw) ? raw.filter(isTree) : []);

/** A tree as parts; whatever is no part of one is left out. */
export function fromTree(tree: Tree): Group {
  const node = read(tree, false);
  return node.kind === "group" ? node : newGroup("all", [node]);
}

function read(raw: Tree, not: boolean): Node {
  if (isTree(raw["not"])) return read(raw["not"], !not);
  const head = "any" in raw ? "any" : "all";
  if (head in raw) return { ...newGroup(head, listed(raw[head]).map((part) => read(part, false))), not };
  if ("segment" in raw) return { ...newMember(), not, segment: typeof raw["segment"] === "number" ? raw["segment"] : undefined };
  return readClause(raw, not);
}

function readClause(raw: Tree, not: boolean): Clause {
  const word = (name: string): string => (typeof raw[name] === "string" ? raw[name] : "");
  return { ...newClause(word("field"), word("op")), not, key: word("key"), value: raw["value"] ?? "", times: raw["times"] ?? 1, days: raw["days"] ?? null, where: listed(raw["where"]).map((part) => readClause(part, false)) };
}

export type Fields = ReadonlyMap<string, FieldView>;

/** What a clause's operator is; unknown where its module is off. */
export const operatorOf = (field: PropertyView | undefined, op: string): OperatorView | undefined => field?.operators.find(({ name }) => name === op);

const negated = (not: boolean, tree: Tree): Tree => (not ? { not: tree } : tree);

/** As the server takes it. */
export function toTree(node: Node, fields: Fields): Tree {
  if (node.kind === "group") return negated(node.not, { [node.head]: node.parts.map((part) => toTree(part, fields)) });
  if (node.kind === "segment") return negated(node.not, { segment: node.segment ?? null });
  return negated(node.not, clauseTree(node, fields.get(node.field)));
}

function clauseTree({ field, op, key, value, times, days, where }: Clause, known: PropertyView | undefined): Tree {
  const compares = operatorOf(known, op)?.value;
  const properties = (known as FieldView | undefined)?.properties ?? [];
  if (compares === "times") {
    return { field, op, times, ...(days === null ? {} : { days }), ...(where.length > 0 && { where: where.map((part) => clauseTree(part, properties.find(({ name }) => name === part.field))) }) };
  }
  return { field, op, ...(known?.kind === "custom" || (!known && key) ? { key } : {}), ...(compares === "none" ? {} : { value }) };
}

/** Where a part stands in the tree: `path` of all of it, `inner` of what it is the opposite of. */
export interface Place {
  id: number;
  path: string;
  inner: string;
}

/** All parts with their places, in the order of the tree. */
export function places(node: Node, path = "$"): Place[] {
  const inner = node.not ? `${path}.not` : path;
  const below =
    node.kind === "group" ? node.parts.flatMap((part, place) => places(part, `${inner}.${node.head}[${place}]`))
    : node.kind === "clause" ? node.where.flatMap((part, place) => places(part, `${inner}.where[${place}]`))
    : [];
  return [{ id: node.id, path, inner }, ...below];
}

/** The part that a path leads into: the deepest whose own path it begins with. */
export function partAt(found: readonly Place[], path: string): number | undefined {
  const isIn = (start: string): boolean => path === start || path.startsWith(`${start}.`) || path.startsWith(`${start}[`);
  return found.filter((place) => isIn(place.path)).sort((a, b) => b.path.length - a.path.length)[0]?.id;
}

/** A tree with one part changed; `undefined` takes it out. */
export function changed<N extends Node>(node: N, id: number, change: (part: Node) => Node | undefined): N {
  if (node.id === id) return (change(node) ?? node) as N;
  const each = <P extends Node>(parts: readonly P[]): readonly P[] =>
    parts.flatMap((part) => (part.id === id ? ((change(part) ?? []) as P | P[]) : [changed(part, id, change)]));
  if (node.kind === "group") return { ...node, parts: each(node.parts) };
  return node.kind === "clause" && node.where.length > 0 ? { ...node, where: each(node.where) } : node;
}

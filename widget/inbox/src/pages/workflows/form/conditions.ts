import { isRaw, type Raw } from "../model/definition.ts";

/** Conditions as rows, where they are plain enough for that. */

export interface Row {
  field: string;
  operator: string;
  value?: unknown;
}
export interface Rows {
  join: "all" | "any";
  rows: Row[];
}

/** Compared with nothing. */
export const alone = new Set(["exists", "not_exists"]);
/** Compared with several. */
export const several = new Set(["in", "not_in"]);

const COMPARED = new Set(["field", "operator", "value"]);
const isRow = (value: unknown): value is Raw => isRaw(value) && "field" in value && Object.keys(value).every((key) => COMPARED.has(key));
const rowOf = ({ field, operator, value }: Raw): Row => ({ field: String(field ?? ""), operator: String(operator ?? ""), ...(value === undefined ? {} : { value }) });

/** Null: it is more than rows can show. */
export function rowsOf(condition: unknown): Rows | null {
  if (condition == null || (isRaw(condition) && Object.keys(condition).length === 0)) return { join: "all", rows: [] };
  if (isRow(condition)) return { join: "all", rows: [rowOf(condition)] };
  if (!isRaw(condition) || Object.keys(condition).length !== 1) return null;
  const join = "all" in condition ? "all" : "any";
  const parts = condition[join];
  return Array.isArray(parts) && parts.every(isRow) ? { join, rows: parts.map(rowOf) } : null;
}

/** As the server reads it; undefined: no condition. */
export function written({ join, rows }: Rows): Raw | undefined {
  const [only] = rows;
  if (!only) return undefined;
  return rows.length === 1 ? { ...only } : { [join]: rows.map((row) => ({ ...row })) };
}

/** Where in a condition of rows the row stands that a problem below it is about, and of what of it; null: about none. */
export function placeOf(below: string): { row: number; part: string } {
  const found = /^\.(?:all|any)\[(\d+)\](.*)$/s.exec(below);
  return found ? { row: Number(found[1]), part: found[2]! } : { row: 0, part: below };
}

/** A value for another operator: what still makes sense of it stays. */
export function fitted(row: Row, operator: string): Row {
  if (alone.has(operator)) return { field: row.field, operator };
  const value = row.value ?? "";
  if (several.has(operator)) return { field: row.field, operator, value: Array.isArray(value) ? value : value === "" ? [] : [value] };
  return { field: row.field, operator, value: Array.isArray(value) ? (value[0] ?? "") : value };
}

/** What somebody typed, as a number where the field holds numbers. */
export function typed(text: string, isNumber: boolean): string | number {
  const number = Number(text);
  return isNumber && text.trim() !== "" && Number.isFinite(number) ? number : text;
}

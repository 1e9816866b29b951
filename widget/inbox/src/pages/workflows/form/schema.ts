import { isRaw, type Raw } from "../model/definition.ts";
import { spanFields } from "./spans.ts";

/** A step's JSON Schema, read as fields of a form. */

export type Control =
  | { kind: "span" }
  | { kind: "condition" }
  | { kind: "choice"; options: string[] }
  | { kind: "choices"; options: string[] }
  | { kind: "words" }
  | { kind: "switch" }
  | { kind: "number"; min?: number; max?: number; whole: boolean }
  | { kind: "one"; of: Named }
  | { kind: "clock" }
  | { kind: "event" }
  | { kind: "line"; max?: number }
  | { kind: "text"; max?: number }
  | { kind: "json" };

/** What is chosen by name where a config holds its id. */
export const named = { inbox_id: "inbox", team_id: "team", assignee_id: "user", template_id: "template", segment_id: "segment", topic_id: "topic" } as const;
/** `sender`: an inbox that has an address. */
export type Named = (typeof named)[keyof typeof named] | "sender";

export interface FormField {
  name: string;
  control: Control;
  required: boolean;
  /** It may be said to be nothing, which is something else than not to say it. */
  nullable: boolean;
  description: string;
}

const LONG = 1000;
const text = (value: unknown): string => (typeof value === "string" ? value : "");

function resolved(schema: unknown, root: Raw): Raw {
  const own = isRaw(schema) ? schema : {};
  const reference = text(own["$ref"]);
  if (!reference.startsWith("#/$defs/")) return own;
  const definitions = isRaw(root["$defs"]) ? root["$defs"] : {};
  return resolved(definitions[reference.slice("#/$defs/".length)], root);
}

const isCondition = (schema: unknown): boolean => isRaw(schema) && text(schema["$ref"]) === "#/$defs/Condition";

/** The config is a condition as a whole. */
export const isOneCondition = (schema: Raw): boolean => isCondition(schema);

export function fieldsOf(schema: Raw): FormField[] {
  const root = resolved(schema, schema);
  const properties = isRaw(root["properties"]) ? root["properties"] : {};
  const required = new Set(Array.isArray(root["required"]) ? root["required"].map(String) : []);
  const isMail = "template_id" in properties;
  const hasSpan = spanFields.every((name) => name in properties);
  const fields: FormField[] = hasSpan ? [{ name: "span", control: { kind: "span" }, required: false, nullable: false, description: "" }] : [];
  for (const [name, given] of Object.entries(properties)) {
    if (hasSpan && spanFields.includes(name)) continue;
    const choices = (isRaw(given) && Array.isArray(given["anyOf"]) ? given["anyOf"] : [given]) as unknown[];
    const some = choices.filter((each) => !(isRaw(each) && each["type"] === "null"));
    const control = some.length === 1 ? controlOf(name, some[0], schema, isMail) : ({ kind: "json" } as const);
    fields.push({ name, control, required: required.has(name), nullable: some.length < choices.length, description: isRaw(given) ? text(given["description"]) : "" });
  }
  // What must be said stands first.
  return fields.toSorted((a, b) => Number(b.required || b.name === "span") - Number(a.required || a.name === "span"));
}

function controlOf(name: string, given: unknown, root: Raw, isMail: boolean): Control {
  if (isCondition(given)) return { kind: "condition" };
  const schema = resolved(given, root);
  if (Array.isArray(schema["enum"])) return { kind: "choice", options: schema["enum"].map(String) };
  switch (schema["type"]) {
    case "boolean":
      return { kind: "switch" };
    case "integer":
    case "number": {
      const of = isMail && name === "inbox_id" ? "sender" : name in named ? named[name as keyof typeof named] : undefined;
      if (of) return { kind: "one", of };
      return {
        kind: "number",
        whole: schema["type"] === "integer",
        ...(typeof schema["minimum"] === "number" ? { min: schema["minimum"] } : {}),
        ...(typeof schema["maximum"] === "number" ? { max: schema["maximum"] } : {}),
      };
    }
    case "array": {
      const items = resolved(schema["items"], root);
      if (Array.isArray(items["enum"])) return { kind: "choices", options: items["enum"].map(String) };
      return items["type"] === "string" ? { kind: "words" } : { kind: "json" };
    }
    case "string": {
      if (text(schema["description"]).startsWith("Time of day")) return { kind: "clock" };
      if (name === "event") return { kind: "event" };
      const max = typeof schema["maxLength"] === "number" ? schema["maxLength"] : undefined;
      return { kind: max !== undefined && max > LONG && name !== "url" ? "text" : "line", ...(max === undefined ? {} : { max }) };
    }
    default:
      return { kind: "json" };
  }
}

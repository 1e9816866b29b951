/** Definitions of workflows as the editor holds them: plain JSON in one spelling, changed only by copies, each place named by its path. */

export type Raw = Record<string, unknown>;
export type Path = readonly (string | number)[];

export interface Trigger {
  type: string;
  config: Raw;
  filter?: unknown;
}

export interface Definition extends Raw {
  trigger: Trigger;
  steps: Raw[];
}

/** A way on from a step: `list` is where its steps stand; `jump` the id of the step that it leads to instead. */
export interface Way {
  name: string;
  list: Path;
  items: Item[];
  jump?: string;
}

/** A step as it is drawn. */
export interface Item {
  id: string;
  type: string;
  /** What somebody called it; empty: what its type is called. */
  name: string;
  path: Path;
  raw: Raw;
  config: Raw;
  ways: Way[];
}

const BRANCH = "_branch";
/** What stands beside a step's config; all else, without a `config`, is its config. */
const OWN = new Set(["id", "type", "name", "title", "label", "description", "position", "config", "branches", "on_failure"]);
const RENAMED: Readonly<Record<string, string>> = { re_entry: "reentry", frequency_cap: "cap" };
const ENDS = new Set(["exit"]);

export const isRaw = (value: unknown): value is Raw => typeof value === "object" && value !== null && !Array.isArray(value);
const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** `trueBranch` as `true_branch`, as the server reads both. */
export const snake = (name: string): string => (/[a-z0-9][A-Z]/.test(name) ? name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toLowerCase() : name);

/** Nothing comes after it. */
export const ends = ({ type }: { type: string }): boolean => ENDS.has(type);

// Reading -----------------------------------------------------------------------------------------------------------

/** A definition in the editor's spelling. What it cannot make sense of stays as it is, for the server to say what is wrong. */
export function tidy(given: unknown): Definition {
  const raw: Raw = Array.isArray(given) ? { steps: given } : isRaw(given) ? given : {};
  const named: Raw = {};
  for (const [key, value] of Object.entries(raw)) named[RENAMED[snake(key)] ?? snake(key)] = value;
  const { trigger, trigger_type, trigger_config, steps, ...rest } = named;
  const taken = new Set(idsOf(steps));
  return { trigger: tidyTrigger(trigger ?? trigger_type, trigger_config), steps: tidySteps(steps, taken), ...rest };
}

function tidyTrigger(trigger: unknown, config: unknown): Trigger {
  const own: Raw = isRaw(trigger) ? trigger : { type: trigger, config };
  const tidied: Trigger = { type: snake(text(own["type"])) || "custom", config: isRaw(own["config"]) ? own["config"] : {} };
  return own["filter"] == null ? tidied : { ...tidied, filter: own["filter"] };
}

function tidySteps(given: unknown, taken: Set<string>): Raw[] {
  if (!Array.isArray(given)) return [];
  return given.filter(isRaw).map((step) => tidyStep(step, taken));
}

function tidyStep(given: Raw, taken: Set<string>): Raw {
  const type = snake(text(given["type"]));
  const id = typeof given["id"] === "number" ? String(given["id"]) : text(given["id"]) || freshId(type, taken);
  const step: Raw = { id, type };
  const beside: Raw = {};
  const ways: Raw = {};
  for (const [key, value] of Object.entries(given)) {
    const name = snake(key);
    if (name === "id" || name === "type" || name === "config") continue;
    if (name.endsWith(BRANCH)) ways[name] = value;
    else if (name === "branches" && isRaw(value)) for (const [way, steps] of Object.entries(value)) ways[way + BRANCH] = steps;
    else if (OWN.has(name)) step[name] = value;
    else beside[key] = value;
  }
  step["config"] = "config" in given ? (given["config"] ?? {}) : beside;
  if ("config" in given) Object.assign(step, beside); // the server names them: they are wrong there
  for (const [key, way] of Object.entries(ways)) {
    step[key] = typeof way === "number" ? String(way) : typeof way === "string" ? way : tidySteps(isRaw(way) ? [way] : way, taken);
  }
  return step;
}

function idsOf(steps: unknown): string[] {
  if (isRaw(steps)) return idsOf([steps]);
  if (!Array.isArray(steps)) return [];
  return steps.filter(isRaw).flatMap((step) => {
    const inside = Object.entries(step).flatMap(([key, value]) => (snake(key).endsWith(BRANCH) ? idsOf(value) : key === "branches" && isRaw(value) ? Object.values(value).flatMap(idsOf) : []));
    return step["id"] === undefined ? inside : [String(step["id"])].concat(inside);
  });
}

/** An id that no step has yet; it is taken from then on. */
export function freshId(type: string, taken: Set<string>): string {
  const stem = type.replaceAll(/[^A-Za-z0-9_]/g, "_").slice(0, 40) || "step";
  let number = 1;
  while (taken.has(`${stem}_${number}`)) number++;
  taken.add(`${stem}_${number}`);
  return `${stem}_${number}`;
}

/** The steps as a tree. `branchesOf`: the ways that a type of steps has; of types that nobody knows, those that are written. */
export function itemsOf(definition: Definition, branchesOf: (type: string) => readonly string[] | undefined): Item[] {
  return listItems(definition.steps, ["steps"], branchesOf);
}

function listItems(steps: readonly Raw[], list: Path, branchesOf: (type: string) => readonly string[] | undefined): Item[] {
  return steps.map((raw, index) => {
    const path = [...list, index];
    const type = text(raw["type"]);
    const written = Object.keys(raw).filter((key) => key.endsWith(BRANCH)).map((key) => key.slice(0, -BRANCH.length));
    const names = branchesOf(type) ?? written;
    const ways = names.map((name): Way => {
      const at = [...path, name + BRANCH];
      const way = raw[name + BRANCH];
      const found: Way = { name, list: at, items: Array.isArray(way) ? listItems(way as Raw[], at, branchesOf) : [] };
      if (typeof way === "string") found.jump = way;
      return found;
    });
    return { id: text(raw["id"]), type, name: text(raw["name"]) || text(raw["title"]) || text(raw["label"]), path, raw, config: isRaw(raw["config"]) ? raw["config"] : {}, ways };
  });
}

/** All steps, in reading order. */
export const flat = (items: readonly Item[]): Item[] => items.flatMap((item) => [item, ...item.ways.flatMap((way) => flat(way.items))]);

// Changing ----------------------------------------------------------------------------------------------------------

function changed(value: unknown, path: Path, change: (value: unknown) => unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  if (typeof key === "number") return (Array.isArray(value) ? value : []).map((each: unknown, index) => (index === key ? changed(each, rest, change) : each));
  const own = isRaw(value) ? value : {};
  return { ...own, [key]: changed(own[key], rest, change) };
}

const change = (definition: Definition, path: Path, by: (value: unknown) => unknown): Definition => changed(definition, path, by) as Definition;

/** A step put before the one at `index` of a list; the list is made where there is none. */
export function insert(definition: Definition, list: Path, index: number, step: Raw): Definition {
  return change(definition, list, (before) => (Array.isArray(before) ? before.toSpliced(index, 0, step) : [step]));
}

/** Without the step there, and all in its ways. */
export function remove(definition: Definition, path: Path): Definition {
  const index = path.at(-1) as number;
  return change(definition, path.slice(0, -1), (before) => (before as unknown[]).toSpliced(index, 1));
}

/** Fields of a step, or of anything at a path, set; undefined: taken away. */
export function set(definition: Definition, path: Path, values: Raw): Definition {
  return change(definition, path, (before) => {
    const after: Raw = { ...(isRaw(before) ? before : {}), ...values };
    for (const [key, value] of Object.entries(values)) if (value === undefined) delete after[key];
    return after;
  });
}

/** A copy of the step after it, ids of its own for it and all in its ways. Returns the id of the copy too. */
export function duplicate(definition: Definition, path: Path): [Definition, string] {
  const taken = new Set(idsOf(definition.steps));
  const copyOf = (step: Raw): Raw => {
    const copy: Raw = { ...step, id: freshId(text(step["type"]), taken) };
    for (const [key, value] of Object.entries(step)) if (key.endsWith(BRANCH) && Array.isArray(value)) copy[key] = (value as Raw[]).map(copyOf);
    return copy;
  };
  const index = path.at(-1) as number;
  let id = "";
  const after = change(definition, path.slice(0, -1), (before) => {
    const list = before as Raw[];
    const copy = copyOf(list[index]!);
    id = text(copy["id"]);
    return list.toSpliced(index + 1, 0, copy);
  });
  return [after, id];
}

/** A new step of a type. */
export const made = (definition: Definition, type: string, config: Raw): Raw => ({ id: freshId(type, new Set(idsOf(definition.steps))), type, config });

// Paths and problems ------------------------------------------------------------------------------------------------

/** As the server writes it: `$.steps[2].config`. */
export const written = (path: Path): string => `$${path.map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`)).join("")}`;

/** Whether `below` is `path` or stands in it. */
const isIn = (below: string, path: string): boolean => below.startsWith(path) && /^(?:[.[].*)?$/s.test(below.slice(path.length));

/** Which step a path is about: the innermost; null: none. */
export function stepAt(items: readonly Item[], path: string): Item | null {
  for (const item of items) {
    if (!isIn(path, written(item.path))) continue;
    for (const way of item.ways) {
      const inner = stepAt(way.items, path);
      if (inner) return inner;
    }
    return item;
  }
  return null;
}

/** What of a path stands below another; null: it is not in it. */
export const below = (path: string, whole: string): string | null => (isIn(path, whole) ? path.slice(whole.length) : null);

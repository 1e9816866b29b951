import { ends, written, type Item, type Path } from "./definition.ts";

/** Where everything stands on the canvas: a tidy tree from above, the same for the same definition. Positions are of the top left corner. */

export const CARD = { width: 272, height: 76 } as const;
const SLOT = { width: 160, height: 48 } as const;
/** With the word of a way above its button. */
const LABELLED = { width: 160, height: 74 } as const;
const PILL = { width: 160, height: 32 } as const;
const COLUMN_GAP = 40;
/** Where lines part, and where they come together. */
const TURN = 32;

export interface Slot {
  list: Path;
  index: number;
  /** The way that begins here. */
  way?: string;
  /** Its step. */
  of?: Item;
  /** Nothing can be put in: the way leads elsewhere. */
  closed?: true;
}

interface Base {
  key: string;
  x: number;
  y: number;
  width: number;
  height: number;
}
export type Placed = Base &
  ({ kind: "trigger" } | { kind: "step"; item: Item } | { kind: "slot"; slot: Slot } | { kind: "jump"; to: string } | { kind: "join" } | { kind: "end" });

/** A line from the bottom of one to the top of another; `turn`: where it turns, seen from above. */
export interface Line {
  from: string;
  to: string;
  turn: "start" | "end";
}

export interface Layout {
  placed: Placed[];
  lines: Line[];
  width: number;
  height: number;
}

const listWidth = (items: readonly Item[]): number => Math.max(CARD.width, ...items.map(itemWidth));
const itemWidth = ({ ways }: Item): number => Math.max(CARD.width, ways.reduce((sum, way) => sum + listWidth(way.items), 0) + COLUMN_GAP * Math.max(0, ways.length - 1));

/** `mirrored`: the first way on the right, for scripts that run that way. */
export function layout(items: readonly Item[], mirrored = false): Layout {
  const placed: Placed[] = [];
  const lines: Line[] = [];
  const width = listWidth(items);

  const put = (node: Placed, from: readonly string[], turn: Line["turn"] = "end"): string => {
    placed.push(node);
    for (const key of from) lines.push({ from: key, to: node.key, turn });
    return node.key;
  };
  const box = (key: string, center: number, y: number, size: { width: number; height: number }): Base => ({ key, x: center - size.width / 2, y, ...size });

  /** Returns where it ends and from what the next is reached: from nothing, where every way has ended. */
  const list = (items: readonly Item[], path: Path, center: number, top: number, from: readonly string[], first: Partial<Slot> & { jump?: string }): [number, string[]] => {
    let y = top;
    let open = [...from];
    const slot = (index: number): void => {
      const { jump, ...begins } = index === 0 ? first : {};
      const size = begins.way === undefined ? SLOT : LABELLED;
      const key = `slot:${written(path)}[${index}]`;
      open = [put({ kind: "slot", slot: { list: path, index, ...begins, ...(jump === undefined ? {} : { closed: true as const }) }, ...box(key, center, y, size) }, open, "start")];
      y += size.height;
      if (jump === undefined) return;
      put({ kind: "jump", to: jump, ...box(`jump:${written(path)}`, center, y, PILL) }, open);
      y += PILL.height;
      open = [];
    };
    slot(0);
    items.forEach((item, index) => {
      open = [put({ kind: "step", item, ...box(`step:${item.id}`, center, y, CARD) }, open)];
      y += CARD.height;
      if (item.ways.length > 0) [y, open] = fork(item, center, y);
      else if (ends(item)) open = [];
      if (open.length > 0) slot(index + 1);
    });
    return [y, open];
  };

  const fork = (item: Item, center: number, top: number): [number, string[]] => {
    const ways = mirrored ? item.ways.toReversed() : item.ways;
    const total = ways.reduce((sum, way) => sum + listWidth(way.items), 0) + COLUMN_GAP * (ways.length - 1);
    let left = center - total / 2;
    const at = new Map<string, number>();
    for (const way of ways) {
      const own = listWidth(way.items);
      at.set(way.name, left + own / 2);
      left += own + COLUMN_GAP;
    }
    // In reading order, whichever side each stands on.
    const reached = item.ways.map((way) => list(way.items, way.list, at.get(way.name)!, top + TURN, [`step:${item.id}`], { way: way.name, of: item, ...(way.jump === undefined ? {} : { jump: way.jump }) }));
    const bottom = Math.max(...reached.map(([y]) => y));
    const open = reached.flatMap(([, keys]) => keys);
    if (open.length === 0) return [bottom, []];
    return [bottom + TURN, [put({ kind: "join", ...box(`join:${item.id}`, center, bottom + TURN, { width: 1, height: 0 }) }, open)]];
  };

  put({ kind: "trigger", ...box("trigger", width / 2, 0, CARD) }, []);
  const [y, open] = list(items, ["steps"], width / 2, CARD.height, ["trigger"], {});
  if (open.length > 0) put({ kind: "end", ...box("end", width / 2, y, PILL) }, open);
  return { placed, lines, width, height: y + (open.length > 0 ? PILL.height : 0) };
}

export type Direction = "up" | "down" | "left" | "right";

/** The card that lies next to another one in a direction: the nearest, those straight on before others. */
export function neighbour(placed: readonly Placed[], from: string, direction: Direction): string | null {
  const cards = placed.filter(({ kind }) => kind === "trigger" || kind === "step");
  const here = cards.find(({ key }) => key === from);
  if (!here) return null;
  const [along, across] = direction === "up" || direction === "down" ? (["y", "x"] as const) : (["x", "y"] as const);
  const sign = direction === "up" || direction === "left" ? -1 : 1;
  let best: { key: string; far: number } | undefined;
  for (const card of cards) {
    const ahead = (card[along] - here[along]) * sign;
    const aside = Math.abs(card[across] - here[across]);
    if (ahead <= 0 || (along === "x" && aside > ahead)) continue;
    const far = along === "y" ? ahead + aside / 4 : ahead + aside * 2;
    if (!best || far < best.far) best = { key: card.key, far };
  }
  return best?.key ?? null;
}

export interface Taken {
  step: string;
  branch: string;
}

/** The lines that somebody came along, who took these steps and came to `to`: a step, or the end (null: to no other). A line is called `from>to`. */
export function trail({ placed, lines }: Layout, taken: readonly Taken[], to: { step: string } | "end" | null): Set<string> {
  const after = new Map<string, string[]>();
  for (const { from, to } of lines) after.set(from, [...(after.get(from) ?? []), to]);
  const kinds = new Map(placed.map((node) => [node.key, node]));
  const found = new Set<string>();
  const stops = [{ key: "trigger", branch: "" }, ...taken.map(({ step, branch }) => ({ key: `step:${step}`, branch })), ...(to === null ? [] : [{ key: to === "end" ? "end" : `step:${to.step}`, branch: "" }])];
  for (const [index, { key, branch }] of stops.entries()) {
    const goal = stops[index + 1]?.key;
    if (goal === undefined || goal === key) continue;
    // By what lies between: no other step does.
    const came = new Map<string, string>([[key, ""]]);
    const waiting = [key];
    for (let here = waiting.shift(); here !== undefined && here !== goal; here = waiting.shift()) {
      if (here !== key && kinds.get(here)?.kind === "step") continue;
      for (const next of after.get(here) ?? []) {
        const node = kinds.get(next);
        const isOther = here === key && node?.kind === "slot" && node.slot.way !== undefined && branch !== "" && node.slot.way !== branch;
        if (came.has(next) || isOther) continue;
        came.set(next, here);
        waiting.push(next);
      }
    }
    for (let here = goal; came.get(here); here = came.get(here)!) found.add(`${came.get(here)!}>${here}`);
  }
  return found;
}

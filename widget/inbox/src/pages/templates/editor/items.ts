import type { Content, TemplateInput } from "#shared/wire.ts";

export type Block = NonNullable<TemplateInput["blocks"]>[number];
export type Kind = Block["type"];
type Columns = Extract<Block, { type: "columns" }>;
type Plain = Exclude<Block, Columns>;

/** A block with a number of its own, by which it stays the same while it is changed and moved. */
export interface Item {
  id: number;
  block: Plain | { type: "columns"; columns: Item[][] };
}

/** All of a template that one writes, as the editor holds it. */
export interface Draft extends Required<Omit<TemplateInput, "blocks">> {
  items: Item[];
}

let last = 0;

export const toItems = (blocks: readonly Block[]): Item[] => blocks.map((block) => ({ id: ++last, block: block.type === "columns" ? { type: "columns", columns: block.columns.map((column) => toItems(column.blocks)) } : block }));

export const toBlocks = (items: readonly Item[]): Block[] =>
  items.map(({ block }) => (block.type === "columns" ? { type: "columns", columns: block.columns.map((column) => ({ blocks: toBlocks(column) as Columns["columns"][number]["blocks"] })) } : block));

export const contentOf = ({ subject, preheader, language, style, items }: Draft): Content => ({ subject, preheader, language, style, blocks: toBlocks(items) });

/** The same again, with numbers of its own. */
export const copyOf = (item: Item): Item => toItems(toBlocks([item]))[0]!;

/** What `id` is, and where it stands: `blocks[2].columns[0].blocks[1]`, as the server says it. */
export function pathOf(items: readonly Item[], id: number, path = "blocks"): string | undefined {
  for (const [place, item] of items.entries()) {
    const here = `${path}[${place}]`;
    if (item.id === id) return here;
    if (item.block.type === "columns") {
      for (const [column, inside] of item.block.columns.entries()) {
        const found = pathOf(inside, id, `${here}.columns[${column}].blocks`);
        if (found) return found;
      }
    }
  }
  return undefined;
}

/** The numbers of the blocks that a path leads through, the outermost first. */
export function alongPath(items: readonly Item[], path: string): number[] {
  const found = /^blocks\[(\d+)\](?:\.columns\[(\d+)\]\.(blocks\[.*))?/.exec(path);
  const item = found ? items[Number(found[1])] : undefined;
  if (!item) return [];
  const inside = item.block.type === "columns" && found?.[2] !== undefined ? alongPath(item.block.columns[Number(found[2])] ?? [], found[3] ?? "") : [];
  return [item.id, ...inside];
}

/** With `item` in the place of the one of its number. */
export const replaced = (items: readonly Item[], item: Item): Item[] => items.map((each) => (each.id === item.id ? item : each));

/** Moved to where `to` was; out of range: not at all. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  if (from === to || from < 0 || to < 0 || from >= list.length || to >= list.length) return [...list];
  const rest = list.filter((_, place) => place !== from);
  return [...rest.slice(0, to), list[from]!, ...rest.slice(to)];
}

export const inserted = <T,>(list: readonly T[], place: number, one: T): T[] => [...list.slice(0, place), one, ...list.slice(place)];

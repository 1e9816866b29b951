import type { ClauseView } from "#shared/wire.ts";
import { createContext, useContext } from "react";
import type { Fields, Node } from "./draft.ts";

/** What every part of the tree on screen reads and calls. */
interface Builder {
  fields: Fields;
  /** What is wrong, in words, by part. */
  problems: ReadonlyMap<number, string>;
  /** Of the contact that is explained: whether each part holds, and what was looked at. */
  told: ReadonlyMap<number, Pick<ClauseView, "holds" | "found">>;
  /** The segment that is written: it cannot be a part of itself. */
  own: number | undefined;
  /** Changes a part; `undefined` takes it out. */
  change: (id: number, change: (part: Node) => Node | undefined) => void;
}

const context = createContext<Builder | undefined>(undefined);
export const BuilderProvider = context.Provider;

export function useBuilder(): Builder {
  const builder = useContext(context);
  if (!builder) throw new Error("this part stands in no tree");
  return builder;
}

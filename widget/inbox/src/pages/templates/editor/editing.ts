import type { Fault, Hint, MergeFieldView } from "#shared/wire.ts";
import { createContext, useContext } from "react";

interface Editing {
  faults: readonly Fault[];
  hints: readonly Hint[];
  /** What tags can name. */
  fields: readonly MergeFieldView[];
  /** The blocks that are open. */
  open: ReadonlySet<number>;
  toggle: (id: number) => void;
  /** Reads it out to whoever does not see it. */
  say: (words: string) => void;
}

const nothing: Editing = { faults: [], hints: [], fields: [], open: new Set(), toggle: () => undefined, say: () => undefined };

/** What each field of the editor needs to know of the whole. */
export const EditingContext = createContext<Editing>(nothing);
export const useEditing = (): Editing => useContext(EditingContext);

import type { WorkflowParts } from "#shared/wire.ts";
import type { Item, Path, Trigger } from "./model/definition.ts";
import type { Taken } from "./model/layout.ts";
import type { Mark } from "./step-card.tsx";

/** What canvas and list draw alike. */
export interface Scene {
  parts: WorkflowParts;
  trigger: Trigger;
  items: readonly Item[];
  /** `trigger`, or a step's id. */
  open: string | null;
  onOpen: (id: string, how?: "enter") => void;
  /** Missing where nothing can be changed. */
  edit?: {
    add: (list: Path, index: number, type: string) => void;
    remove: (item: Item) => void;
    duplicate: (item: Item) => void;
  };
  /** How many problems a step has, by id; of what starts it by `trigger`. */
  problems?: ReadonlyMap<string, number>;
  /** How many are at a step now, or came to it. */
  heads?: ReadonlyMap<string, number>;
  counted?: "here" | "came";
  /** Whom we follow: what became of each step, the way so far, and where he is, or whether he came to the end. */
  followed?: { marks: ReadonlyMap<string, Mark>; taken: readonly Taken[]; now: string | null; isThrough?: boolean };
}

import { createContext, useContext } from "react";
import type { Node } from "./draft.ts";

/** What the group around a part does with it. */
interface InGroup {
  remove: (id: number) => void;
  duplicate: (node: Node) => void;
}

const context = createContext<InGroup>({ remove: () => undefined, duplicate: () => undefined });
export const GroupProvider = context.Provider;
export const useGroup = (): InGroup => useContext(context);

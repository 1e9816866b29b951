import type { later } from "../later.tsx";

export interface OpenedProps {
  /** What the link says after its question mark. */
  search: URLSearchParams;
  /** The conversation beside which the panel stands. */
  conversation: number | undefined;
  close: () => void;
}

/** A page of a module that can also be shown in place, over what is on screen: `pages/<page>/module.opens.ts` brings it. */
export interface Opens {
  path: string;
  Content: ReturnType<typeof later<OpenedProps>>;
}

const ofModules = Object.values(import.meta.glob<Opens>("../pages/*/module.opens.ts", { eager: true, import: "opens" }));

/** What shows this address in place, if anything does. */
export const opened = (href: string): Opens | undefined => ofModules.find(({ path }) => href.split("?")[0] === path);

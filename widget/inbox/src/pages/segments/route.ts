import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../root.tsx";

export interface SegmentsSearch {
  /** Lists, in place of segments. */
  lists?: true;
  /** The segment or list that is open, or `new`. */
  segment?: number | "new";
  /** The segment that a new one begins as. */
  copy?: number;
}

const isId = (value: unknown): value is number => Number.isSafeInteger(value);

export const segmentsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/contacts/segments",
  validateSearch: ({ lists, segment, copy }: Record<string, unknown>): SegmentsSearch => ({
    ...(lists === true && { lists }),
    ...((isId(segment) || segment === "new") && { segment }),
    ...(isId(copy) && { copy }),
  }),
  component: lazyRouteComponent(() => import("./page.tsx")),
});

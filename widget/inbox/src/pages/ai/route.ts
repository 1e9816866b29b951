import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../root.tsx";

export interface AiSearch {
  tab?: "quality";
  /** The decision that is open in the review queue. */
  decision?: number;
}

export const aiRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/ai",
  validateSearch: ({ tab, decision }: Record<string, unknown>): AiSearch => ({
    ...(tab === "quality" ? { tab } : {}),
    ...(typeof decision === "number" && Number.isSafeInteger(decision) ? { decision } : {}),
  }),
  component: lazyRouteComponent(() => import("./page.tsx")),
});

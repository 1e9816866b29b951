import { isOneOf } from "#shared/storage.ts";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../root.tsx";

const isTab = isOneOf<"gaps" | "quality">("gaps", "quality");

export interface AiSearch {
  /** None: the review queue. */
  tab?: "gaps" | "quality";
  /** The decision that is open in the review queue. */
  decision?: number;
}

export const aiRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/ai",
  validateSearch: ({ tab, decision }: Record<string, unknown>): AiSearch => ({
    ...(isTab(tab) ? { tab } : {}),
    ...(typeof decision === "number" && Number.isSafeInteger(decision) ? { decision } : {}),
  }),
  component: lazyRouteComponent(() => import("./page.tsx")),
});

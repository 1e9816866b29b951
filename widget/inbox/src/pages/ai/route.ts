import { isOneOf } from "#shared/storage.ts";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../root.tsx";

export type AiTab = "gaps" | "edits" | "checks" | "replay" | "quality" | "training";

export const isTab = isOneOf<AiTab>("gaps", "edits", "checks", "replay", "quality", "training");

export interface AiSearch {
  /** None: the review queue. */
  tab?: AiTab;
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

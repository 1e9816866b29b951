import { isOneOf } from "#shared/storage.ts";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../root.tsx";

export interface CampaignsSearch {
  q?: string;
  status?: string;
  /** The campaign that is open. */
  campaign?: number;
  tab?: "recipients" | "report";
}

const isTab = isOneOf<NonNullable<CampaignsSearch["tab"]>>("recipients", "report");

export const route = createRoute({
  getParentRoute: () => shellRoute,
  path: "/campaigns",
  validateSearch: ({ q, status, campaign, tab }: Record<string, unknown>): CampaignsSearch => ({
    ...(typeof q === "string" && q ? { q } : typeof q === "number" ? { q: String(q) } : {}),
    ...(typeof status === "string" && status ? { status } : {}),
    ...(Number.isSafeInteger(campaign) ? { campaign: campaign as number } : {}),
    ...(isTab(tab) ? { tab } : {}),
  }),
  component: lazyRouteComponent(() => import("./page.tsx")),
});

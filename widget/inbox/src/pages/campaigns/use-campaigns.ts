import { useNavigate } from "@tanstack/react-router";
import { route, type CampaignsSearch } from "./module.route.ts";

type Changes = { [K in keyof CampaignsSearch]: CampaignsSearch[K] | undefined };

/** Where on this page the address says we are, and how to go elsewhere. */
export function useCampaigns(): { search: CampaignsSearch; go: (changes: Changes, options?: { replace?: boolean }) => Promise<void> } {
  const search = route.useSearch() as CampaignsSearch;
  const navigate = useNavigate();
  return {
    search,
    go: (changes, options = {}) => navigate({ to: "/campaigns" as string, search: Object.fromEntries(Object.entries({ ...search, ...changes }).filter(([, value]) => value !== undefined)), ...options }),
  };
}

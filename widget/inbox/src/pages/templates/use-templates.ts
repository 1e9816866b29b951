import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { TemplatesSearch } from "./route.ts";

const route = getRouteApi("/shell/campaigns/templates");

type Changes = { [K in keyof TemplatesSearch]: TemplatesSearch[K] | undefined };

/** Where on this page the address says we are, and how to go elsewhere. */
export function useTemplates(): { search: TemplatesSearch; go: (changes: Changes, options?: { replace?: boolean; ignoreBlocker?: boolean }) => Promise<void> } {
  const search = route.useSearch();
  const navigate = useNavigate();
  return {
    search,
    go: (changes, options = {}) =>
      navigate({ to: "/campaigns/templates", search: Object.fromEntries(Object.entries({ ...search, ...changes }).filter(([, value]) => value !== undefined)), ...options }),
  };
}

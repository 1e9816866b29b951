import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { AiSearch } from "./route.ts";

const route = getRouteApi("/shell/ai");

/** Where on this page the address says we are, and how to go elsewhere. */
export function useAi(): { search: AiSearch; go: (search: AiSearch, options?: { replace?: boolean }) => Promise<void> } {
  const search = route.useSearch();
  const navigate = useNavigate();
  return { search, go: (next, options = {}) => navigate({ to: "/ai", search: next, ...options }) };
}

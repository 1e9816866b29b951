import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { SegmentsSearch } from "./route.ts";

const route = getRouteApi("/shell/contacts/segments");

/** Where on this page the address says we are, and how to go elsewhere. */
export function useSegments(): { search: SegmentsSearch; go: (search: SegmentsSearch, options?: { replace?: boolean; ignoreBlocker?: boolean }) => Promise<void> } {
  const search = route.useSearch();
  const navigate = useNavigate();
  return { search, go: (search, options = {}) => navigate({ to: "/contacts/segments", search, ...options }) };
}

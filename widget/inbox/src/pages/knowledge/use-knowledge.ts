import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { KnowledgeSearch } from "./route.ts";

const route = getRouteApi("/shell/knowledge");

type Changes = { [K in keyof KnowledgeSearch]: KnowledgeSearch[K] | undefined };

/** The search with some parts changed; `undefined` takes a part out. */
export const changed = (search: KnowledgeSearch, changes: Changes): KnowledgeSearch =>
  Object.fromEntries(Object.entries({ ...search, ...changes }).filter(([, value]) => value !== undefined));

/** Where on this page the address says we are, and how to go elsewhere. */
export function useKnowledge(): { search: KnowledgeSearch; go: (changes: Changes, options?: { replace?: boolean; ignoreBlocker?: boolean }) => Promise<void> } {
  const search = route.useSearch();
  const navigate = useNavigate();
  return { search, go: (changes, options = {}) => navigate({ to: "/knowledge", search: changed(search, changes), ...options }) };
}

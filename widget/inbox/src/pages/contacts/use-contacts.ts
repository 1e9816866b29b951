import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { ContactsSearch } from "./route.ts";

const route = getRouteApi("/shell/contacts");

type Changes = { [K in keyof ContactsSearch]: ContactsSearch[K] | undefined };

/** Where on this page the address says we are, and how to go elsewhere. */
export function useContacts(): { search: ContactsSearch; go: (changes: Changes, options?: { replace?: boolean }) => Promise<void> } {
  const search = route.useSearch();
  const navigate = useNavigate();
  return {
    search,
    go: (changes, options = {}) =>
      navigate({ to: "/contacts", search: Object.fromEntries(Object.entries({ ...search, ...changes }).filter(([, value]) => value !== undefined)), ...options }),
  };
}

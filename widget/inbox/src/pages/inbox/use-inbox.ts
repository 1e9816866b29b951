import { getRouteApi, useNavigate, useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Filters } from "../../data/filters.ts";
import { filtersOf, type InboxSearch } from "./search.ts";

const route = getRouteApi("/shell/inbox");

interface InboxPlace {
  search: InboxSearch;
  filters: Filters;
  /** The conversation that is open. */
  open: number | undefined;
  openConversation: (id: number, options?: { replace?: boolean }) => void;
  close: () => void;
  /** Goes to another list; what is open stays open. */
  show: (search: InboxSearch) => void;
}

/** Where in the inbox the address says we are, and how to go elsewhere. */
export function useInbox(): InboxPlace {
  const search = route.useSearch();
  const navigate = useNavigate();
  const { conversation } = useParams({ strict: false });
  const filters = useMemo(() => filtersOf(search), [search]);
  const open = conversation !== undefined && /^\d{1,15}$/.test(conversation) ? Number(conversation) : undefined;
  return {
    search,
    filters,
    open,
    openConversation: (id, { replace = false } = {}) =>
      void navigate({ to: "/inbox/$conversation", params: { conversation: String(id) }, search: (before) => before as InboxSearch, replace }),
    close: () => void navigate({ to: "/inbox", search: (before) => before as InboxSearch }),
    show: (next) =>
      void (conversation === undefined
        ? navigate({ to: "/inbox", search: next })
        : navigate({ to: "/inbox/$conversation", params: { conversation }, search: next })),
  };
}

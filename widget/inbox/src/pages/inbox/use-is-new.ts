import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { countsQuery, listQuery } from "../../data/conversations.ts";
import type { Filters } from "../../data/filters.ts";
import { useIsRole } from "../../session/session.ts";

const anything: Filters = { view: "all", status: "any", sort: "latest" };

/** Whether an admin looks at an organization in which nobody has written yet; `undefined` while that is being asked, where nothing is under way. */
export function useIsNew(): boolean | undefined {
  const isAdmin = useIsRole("admin");
  const { data: counts } = useQuery(countsQuery);
  const { data } = useInfiniteQuery({ ...listQuery(anything), enabled: isAdmin && counts?.all === 0 });
  if (!isAdmin || counts?.all !== 0) return false;
  return data?.pages.every(({ items }) => items.length === 0);
}

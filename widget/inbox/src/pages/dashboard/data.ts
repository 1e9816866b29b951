import type { Stats } from "#shared/wire.ts";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { isProblem } from "../../api/problem.ts";

const FRESH_MS = 60_000;

/** How things stand; null where there is no analytics module. The last figures show at once and refresh behind. */
export const statsQuery = queryOptions({
  queryKey: ["dashboard", "stats"],
  queryFn: async ({ signal }): Promise<Stats | null> => {
    try {
      return await api.get("/api/dashboard/stats", { signal });
    } catch (error) {
      if (isProblem(error) && error.status === 404) return null;
      throw error;
    }
  },
  staleTime: FRESH_MS,
});

export const overviewQuery = (days: number) =>
  queryOptions({
    queryKey: ["dashboard", "overview", days] as const,
    queryFn: ({ signal }) => api.get("/api/analytics/overview", { query: { days }, signal }),
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  });

export const activityQuery = queryOptions({
  queryKey: ["dashboard", "activity"],
  queryFn: ({ signal }) => api.get("/api/dashboard/recent-activity", { query: { limit: 30 }, signal }),
  staleTime: FRESH_MS / 4,
});

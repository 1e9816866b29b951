import { QueryClient } from "@tanstack/react-query";
import { isPassing } from "../api/problem.ts";

/** Everything the server told us. The socket keeps what is on screen fresh; what was known shows at once and refreshes behind. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 30 * 60_000,
      refetchOnWindowFocus: false,
      // Offline a pane says so, and offers to try again; it does not load for ever.
      networkMode: "always",
      refetchOnReconnect: true,
      retry: (failures, error) => failures < 2 && isPassing(error),
    },
    mutations: { networkMode: "always" },
  },
});

/** What stands under this key is not the truth any more: on screen it is fetched at once, elsewhere when it is looked at. */
export const invalidate = (...queryKey: readonly unknown[]): void => void queries.invalidateQueries({ queryKey });

/** Changes what a query holds. What waits to be fetched anew still does: the change does not make the rest of it true. `updatedAt`: when that was. */
export function put(queryKey: readonly unknown[], data: unknown, updatedAt = Date.now()): void {
  const isInvalidated = queries.getQueryState(queryKey)?.isInvalidated;
  queries.setQueryData(queryKey, data, { updatedAt });
  if (isInvalidated) void queries.invalidateQueries({ queryKey, exact: true, refetchType: "none" });
}

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

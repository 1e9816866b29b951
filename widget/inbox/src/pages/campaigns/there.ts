import { queryOptions, useQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { isProblem } from "../../api/problem.ts";
import { useIsRole } from "../../session/session.ts";

/** Whether this installation has the campaigns module: without it the server does not know the path. */
const thereQuery = queryOptions({
  queryKey: ["campaigns-there"] as const,
  queryFn: async ({ signal }) => {
    try {
      await api.get("/api/campaigns", { query: { limit: 1 }, signal });
      return true;
    } catch (error) {
      if (isProblem(error, "not_found")) return false;
      throw error;
    }
  },
  staleTime: Infinity,
});

export function useHasCampaigns(): boolean {
  const mayWrite = useIsRole("admin", "user");
  return useQuery({ ...thereQuery, enabled: mayWrite }).data === true && mayWrite;
}

import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { isProblem } from "../../api/problem.ts";

/** Whether this installation has the module of workflows. */
export const presenceQuery = queryOptions({
  queryKey: ["workflows-there"],
  queryFn: async ({ signal }): Promise<boolean> => {
    try {
      await api.get("/api/workflows", { query: { limit: 1 }, signal });
      return true;
    } catch (error) {
      if (isProblem(error) && error.status === 404) return false;
      throw error;
    }
  },
  staleTime: Infinity,
});

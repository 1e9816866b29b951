import { useQuery } from "@tanstack/react-query";
import { statsQuery } from "./data.ts";

/** Whether this installation has the analytics module: without it the server does not know the path. */
export function useHasDashboard(): boolean {
  const { data } = useQuery(statsQuery);
  return data !== null && data !== undefined;
}

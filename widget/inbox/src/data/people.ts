import type { Colleague, InboxView, TeamView } from "#shared/wire.ts";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api } from "../api/client.ts";

const LONG = 10 * 60_000; // the socket says when they change

/** Whose key begins with `["users"]` is asked anew when a member comes, goes or changes. */
export const usersQuery = queryOptions({ queryKey: ["users"], queryFn: ({ signal }) => api.get("/api/users", { signal }), staleTime: LONG });
export const colleaguesQuery = queryOptions({ queryKey: ["users", "names"], queryFn: ({ signal }) => api.get("/api/colleagues", { signal }), staleTime: LONG });
export const teamsQuery = queryOptions({ queryKey: ["teams"], queryFn: ({ signal }) => api.get("/api/teams", { signal }), staleTime: LONG });
export const inboxesQuery = queryOptions({ queryKey: ["inboxes"], queryFn: ({ signal }) => api.get("/api/inboxes", { signal }), staleTime: LONG });

const nobody: Colleague[] = [];
const noTeams: TeamView[] = [];
const noInboxes: InboxView[] = [];

export const useColleagues = (): Colleague[] => useQuery(colleaguesQuery).data ?? nobody;
export const useTeams = (): TeamView[] => useQuery(teamsQuery).data ?? noTeams;
export const useInboxes = (): InboxView[] => useQuery(inboxesQuery).data ?? noInboxes;

/** The name of a member of staff by id; empty for nobody and for those who left. */
export function useUserName(): (id: number | null | undefined) => string {
  const colleagues = useColleagues();
  return useMemo(() => {
    const names = new Map(colleagues.map(({ id, name }) => [id, name]));
    return (id) => (id == null ? "" : (names.get(id) ?? ""));
  }, [colleagues]);
}

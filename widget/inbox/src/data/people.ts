import type { InboxView, TeamView, UserView } from "#shared/wire.ts";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api } from "../api/client.ts";

const LONG = 10 * 60_000; // the socket says when they change

export const usersQuery = queryOptions({ queryKey: ["users"], queryFn: ({ signal }) => api.get("/api/users", { signal }), staleTime: LONG });
export const teamsQuery = queryOptions({ queryKey: ["teams"], queryFn: ({ signal }) => api.get("/api/teams", { signal }), staleTime: LONG });
export const inboxesQuery = queryOptions({ queryKey: ["inboxes"], queryFn: ({ signal }) => api.get("/api/inboxes", { signal }), staleTime: LONG });

const noUsers: UserView[] = [];
const noTeams: TeamView[] = [];
const noInboxes: InboxView[] = [];

export const useUsers = (): UserView[] => useQuery(usersQuery).data ?? noUsers;
export const useTeams = (): TeamView[] => useQuery(teamsQuery).data ?? noTeams;
export const useInboxes = (): InboxView[] => useQuery(inboxesQuery).data ?? noInboxes;

/** The name of a member of staff by id; empty for nobody and for those who left. */
export function useUserName(): (id: number | null | undefined) => string {
  const users = useUsers();
  return useMemo(() => {
    const names = new Map(users.map(({ id, name }) => [id, name]));
    return (id) => (id == null ? "" : (names.get(id) ?? ""));
  }, [users]);
}

import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

/** How an inbox writes and is written to by mail. */
export const emailQuery = (inbox: number) =>
  queryOptions({
    queryKey: ["email", inbox] as const,
    queryFn: ({ signal }) => api.get("/api/inboxes/{inbox_id}/email", { path: { inbox_id: inbox }, signal }),
  });

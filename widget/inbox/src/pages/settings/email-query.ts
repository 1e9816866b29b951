import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

/** What looks like an address; the server says whether it is one. */
export const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** How an inbox writes and is written to by mail. */
export const emailQuery = (inbox: number) =>
  queryOptions({
    queryKey: ["email", inbox] as const,
    queryFn: ({ signal }) => api.get("/api/inboxes/{inbox_id}/email", { path: { inbox_id: inbox }, signal }),
  });

import { queryOptions } from "@tanstack/react-query";
import { api } from "../api/client.ts";

/** How long one's own mail waits, and can be taken back. */
export const mailPreferenceQuery = queryOptions({ queryKey: ["mail-preference"] as const, queryFn: ({ signal }) => api.get("/api/profile/mail", { signal }), staleTime: Infinity });

import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

/** The AI agent's receipts of one conversation. */
export const decisionsQuery = (conversation: number) =>
  queryOptions({
    queryKey: ["decisions", conversation] as const,
    queryFn: ({ signal }) => api.get("/api/conversations/{conversation_id}/decisions", { path: { conversation_id: conversation }, signal }),
  });

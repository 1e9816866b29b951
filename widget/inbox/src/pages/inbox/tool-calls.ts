import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

/** What the AI agent proposed to do in a conversation, newest first. The feed says when that changes. */
export const toolCallsQuery = (conversation: number) =>
  queryOptions({
    queryKey: ["tool-calls", conversation] as const,
    queryFn: ({ signal }) => api.get("/api/conversations/{conversation_id}/tool-calls", { path: { conversation_id: conversation }, signal }),
  });

import type { SuppressionView } from "#shared/wire.ts";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../api/client.ts";

const PAGE = 50;

/** What mail may be about. */
export const topicsQuery = queryOptions({ queryKey: ["topics"] as const, queryFn: ({ signal }) => api.get("/api/topics", { signal }) });

export const topicTextsQuery = (id: number) =>
  queryOptions({ queryKey: ["topics", id, "texts"] as const, queryFn: ({ signal }) => api.get("/api/topics/{topic_id}/texts", { path: { topic_id: id }, signal }) });

/** Addresses that get no mail: all, of one reason, or one by its whole address. */
export const suppressionsQuery = (address: string, reason: SuppressionView["reason"] | undefined) =>
  infiniteQueryOptions({
    queryKey: ["suppressions", address, reason] as const,
    queryFn: ({ pageParam, signal }) => api.get("/api/suppressions", { query: { address: address || null, reason: reason ?? null, cursor: pageParam, limit: PAGE }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

/** What mail a contact wants, and why it gets some not. */
export const consentsQuery = (contact: number) =>
  queryOptions({ queryKey: ["consents", contact] as const, queryFn: ({ signal }) => api.get("/api/contacts/{contact_id}/consents", { path: { contact_id: contact }, signal }) });

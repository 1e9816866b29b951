import type { TrainingView } from "#shared/wire.ts";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../../../api/client.ts";
import { tried } from "../learning/data.ts";

const FOUND = 8;

export const trainingQuery = queryOptions({
  queryKey: ["training"] as const,
  queryFn: ({ signal }) => api.get("/api/ai/training", { signal }),
});

export const foundContactsQuery = (q: string) =>
  queryOptions({
    queryKey: ["contacts", "found", q] as const,
    queryFn: ({ signal }) => api.get("/api/contacts", { query: { q: q || null, limit: FOUND }, signal }),
    placeholderData: keepPreviousData,
  });

export const decide = (allowed: boolean): Promise<TrainingView | undefined> => tried(api.put("/api/ai/training", { body: { allowed } }), "training");
export const object = (id: number): Promise<true | undefined> =>
  tried(api.put("/api/ai/training/objections/{contact_id}", { path: { contact_id: id } }).then(() => true as const), "training");
export const withdrawObjection = (id: number): Promise<true | undefined> =>
  tried(api.delete("/api/ai/training/objections/{contact_id}", { path: { contact_id: id } }).then(() => true as const), "training");

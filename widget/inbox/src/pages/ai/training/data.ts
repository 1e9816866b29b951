import type { PlanInput, TrainingView, TuningPage } from "#shared/wire.ts";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../../../api/client.ts";
import { tried } from "../learning/data.ts";

const FOUND = 8;
/** A training takes minutes to hours. */
const LOOK_MS = 10_000;

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

export const tuningQuery = queryOptions({
  queryKey: ["fine-tuning"] as const,
  queryFn: ({ signal }) => api.get("/api/ai/fine-tuning", { signal }),
  refetchInterval: ({ state }) => (state.data?.runs.some((one) => isUnderWay(one.status) || one.at_provider === "asking") ? LOOK_MS : false),
});

export const isUnderWay = (status: string): boolean => status === "preparing" || status === "training";

const run = (id: number): { path: { run_id: number } } => ({ path: { run_id: id } });

export const keepPlan = (body: PlanInput): Promise<TuningPage | undefined> => tried(api.put("/api/ai/fine-tuning", { body }), "fine-tuning");
export const startTuning = (): Promise<true | undefined> => tried(api.post("/api/ai/fine-tuning/start").then(() => true as const), "fine-tuning");
export const cancelTuning = (id: number): Promise<true | undefined> => tried(api.post("/api/ai/fine-tuning/{run_id}/cancel", run(id)).then(() => true as const), "fine-tuning");
export const chooseTuning = (id: number): Promise<true | undefined> =>
  tried(api.post("/api/ai/fine-tuning/{run_id}/choose", run(id)).then(() => true as const), "fine-tuning", "ai");

import type { ReplayInput, ReplayView, WritingInput } from "#shared/wire.ts";
import { toast } from "#ui/toast.tsx";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../../../api/client.ts";
import { queries } from "../../../data/queries.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { texts } from "./texts.ts";

/** Which differences are listed. */
export type CaseKind = "different" | "same" | "answers_gained" | "answers_lost" | "answers_changed" | "escalations_gained" | "escalations_lost";
const PAGE = 25;
/** While a change is being tried, it is asked so often how far it is. */
const SOON_MS = 1000;

/** The last decisions at another threshold; without one at that in force. What was shown stays until the new figures are there. */
export const thresholdQuery = (value: number | undefined, last: number) =>
  queryOptions({
    queryKey: ["replay", "threshold", value, last] as const,
    queryFn: ({ signal }) => api.get("/api/ai/replay/threshold", { query: { value: value ?? null, last }, signal }),
    placeholderData: keepPreviousData,
  });

/** Does something on the server and says so if it fails; whatever these queries show is fetched anew. */
export async function tried<T>(work: Promise<T>, ...keys: string[]): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    toast({ tone: "error", title: texts.t("failed"), text: problemText(error), key: "replay" });
    return undefined;
  } finally {
    await Promise.all(keys.map((key) => queries.invalidateQueries({ queryKey: [key] })));
  }
}

export async function setThreshold(value: number): Promise<void> {
  const saved = api.patch("/api/organization", { body: { ai_threshold: value } });
  if (await tried(saved, "organization", "calibration", "replay")) toast({ tone: "success", title: texts.t("threshold.saved"), key: "replay" });
}

export const replaysQuery = queryOptions({
  queryKey: ["replays"] as const,
  queryFn: ({ signal }) => api.get("/api/ai/replay/runs", { signal }),
  refetchInterval: ({ state }) => (state.data?.[0]?.status === "running" ? SOON_MS : false),
});

export const estimateQuery = queryOptions({
  queryKey: ["replay-estimate"] as const,
  queryFn: ({ signal }) => api.get("/api/ai/replay/writing", { signal }),
  staleTime: 0,
});

/** Questions that a change makes a difference to; `done` is how many were asked, so that more are fetched while it goes on. */
export const casesQuery = (replay: number, kind: CaseKind, done: number) =>
  infiniteQueryOptions({
    queryKey: ["replay-cases", replay, kind, done] as const,
    queryFn: ({ pageParam, signal }) => api.get("/api/ai/replay/runs/{replay_id}/cases", { path: { replay_id: replay }, query: { kind, cursor: pageParam, limit: PAGE }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });

export const tryableQuery = (id: number) =>
  queryOptions({
    queryKey: ["article", id, "to try"] as const,
    queryFn: ({ signal }) => api.get("/api/articles/{article_id}", { path: { article_id: id }, signal }),
    staleTime: 0,
  });

const at = (id: number): { path: { replay_id: number } } => ({ path: { replay_id: id } });

export const startReplay = (body: ReplayInput): Promise<ReplayView | undefined> => tried(api.post("/api/ai/replay/runs", { body }), "replays");
export const startWriting = (body: WritingInput): Promise<ReplayView | undefined> => tried(api.post("/api/ai/replay/writing", { body }), "replays");
export const stopReplay = (id: number): Promise<unknown> => tried(api.post("/api/ai/replay/runs/{replay_id}/stop", at(id)), "replays");
export const resumeReplay = (id: number): Promise<unknown> => tried(api.post("/api/ai/replay/runs/{replay_id}/resume", at(id)), "replays");

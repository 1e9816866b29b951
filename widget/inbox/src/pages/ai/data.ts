import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

const PAGE = 25;

/** Drafts that nobody has reviewed yet, the least sure first. */
export const reviewsQuery = infiniteQueryOptions({
  queryKey: ["reviews"] as const,
  queryFn: ({ pageParam, signal }) => api.get("/api/ai/reviews", { query: { cursor: pageParam, limit: PAGE }, signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.next,
});

/** How well the confidence holds; the last figures show at once and refresh behind. */
export const calibrationQuery = queryOptions({
  queryKey: ["calibration"] as const,
  queryFn: ({ signal }) => api.get("/api/ai/calibration", { signal }),
});

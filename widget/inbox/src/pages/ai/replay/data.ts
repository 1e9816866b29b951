import { toast } from "#ui/toast.tsx";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../../../api/client.ts";
import { queries } from "../../../data/queries.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { texts } from "./texts.ts";

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

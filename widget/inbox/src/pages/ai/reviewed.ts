import type { Receipt, ReviewInput, ToReview } from "#shared/wire.ts";
import { toast } from "#ui/toast.tsx";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { queries } from "../../data/queries.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { texts } from "./texts.ts";

export interface Reviewed {
  input: ReviewInput;
  /** Where the decision stood in the queue, if it came from there. */
  item: ToReview | undefined;
  /** The server did not take it: what was written is kept for another try. */
  failed: boolean;
}

type All = Readonly<Record<number, Reviewed>>;

/** What this person has reviewed since they signed in. It lies beside what the server told, and goes with it when somebody else signs in. */
const reviewedQuery = queryOptions({
  queryKey: ["reviewed"] as const,
  queryFn: (): All => known(),
  staleTime: Infinity,
  gcTime: Infinity,
});

const known = (): All => queries.getQueryData(reviewedQuery.queryKey) ?? {};
const put = (decision: number, said: Reviewed): void => void queries.setQueryData(reviewedQuery.queryKey, { ...known(), [decision]: said });

export const useReviewed = (): All => useQuery(reviewedQuery).data ?? {};

/** Says what a draft is worth: at once on screen, then at the server. `again` opens the draft once more. */
export async function review(receipt: Receipt, input: ReviewInput, { item, again }: { item?: ToReview | undefined; again?: (() => void) | undefined } = {}): Promise<void> {
  const before = known()[receipt.id];
  const place = item ?? before?.item;
  put(receipt.id, { input, item: place, failed: false });
  try {
    const said = await api.put("/api/ai/decisions/{decision_id}/review", { path: { decision_id: receipt.id }, body: input });
    toast({
      tone: "success",
      title: texts.t(`done.${input.verdict}`),
      ...(input.verdict === "edit" ? { text: texts.t(said.counts_as_right ? "done.edit.light" : "done.edit.heavy") } : {}),
      ...(again ? { action: { label: texts.t("again"), perform: again } } : {}),
      key: "review",
    });
  } catch (error) {
    put(receipt.id, before && !before.failed ? before : { input, item: place, failed: true });
    toast({ tone: "error", title: texts.t("failed"), text: problemText(error), ...(again ? { action: { label: texts.t("failed.open"), perform: again } } : {}), key: "review" });
  }
}

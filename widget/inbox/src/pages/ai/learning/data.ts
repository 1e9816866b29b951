import type { AcceptInput, ArticleView, CheckInput, GapPage, ProposalView } from "#shared/wire.ts";
import { toast } from "#ui/toast.tsx";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../../../api/client.ts";
import { queries } from "../../../data/queries.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { texts } from "./texts.ts";

export type GapKind = "open" | "handled" | "dismissed";
/** While something is under way on the server, it is asked so often how far it is. */
export const SOON_MS = 1000;

export const gapsQuery = (kind: GapKind) =>
  queryOptions({
    queryKey: ["gaps", kind] as const,
    queryFn: ({ signal }): Promise<GapPage> => api.get("/api/ai/gaps", { query: { kind }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.is_looking ? SOON_MS : false),
  });

export const foundArticlesQuery = (q: string) =>
  queryOptions({
    queryKey: ["articles", "found", q] as const,
    queryFn: ({ signal }) => api.get("/api/articles", { query: { q: q || null, limit: 20 }, signal }),
    placeholderData: keepPreviousData,
  });

/** Does something on the server and says so if it fails; whatever these queries show is fetched anew. */
export async function tried<T>(work: Promise<T>, ...keys: string[]): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    toast({ tone: "error", title: texts.t("gap.failed"), text: problemText(error), key: "learning" });
    return undefined;
  } finally {
    await Promise.all(keys.map((key) => queries.invalidateQueries({ queryKey: [key] })));
  }
}

const at = (id: number): { path: { gap_id: number } } => ({ path: { gap_id: id } });

export const look = (): Promise<unknown> => tried(api.post("/api/ai/gaps/find"), "gaps");
export const writeArticle = (id: number): Promise<ArticleView | undefined> => tried(api.post("/api/ai/gaps/{gap_id}/article", at(id)), "gaps", "articles");
const reopen = (id: number): Promise<unknown> => tried(api.post("/api/ai/gaps/{gap_id}/reopen", at(id)).then(() => true), "gaps");
const undo = (id: number) => ({ label: texts.t("undo"), perform: () => reopen(id) });

export async function dismiss(id: number): Promise<void> {
  if (await tried(api.post("/api/ai/gaps/{gap_id}/dismiss", at(id)).then(() => true), "gaps")) toast({ tone: "success", title: texts.t("gap.dismissed"), action: undo(id), key: "learning" });
}

export async function assign(id: number, article: { id: number; title: string }): Promise<void> {
  const done = api.post("/api/ai/gaps/{gap_id}/assign", { ...at(id), body: { article_id: article.id } }).then(() => true);
  if (await tried(done, "gaps")) toast({ tone: "success", title: texts.t("gap.assigned", { title: article.title }), action: undo(id), key: "learning" });
}

export async function openAgain(id: number): Promise<void> {
  if (await reopen(id)) toast({ tone: "success", title: texts.t("gap.reopened"), key: "learning" });
}

export type EditKind = ProposalView["status"];

export const editsQuery = (status: EditKind) =>
  queryOptions({
    queryKey: ["proposals", status] as const,
    queryFn: ({ signal }) => api.get("/api/ai/proposals", { query: { status }, signal }),
    placeholderData: keepPreviousData,
  });

export const acceptEdit = (id: number, body: AcceptInput): Promise<ArticleView | undefined> =>
  tried(api.post("/api/ai/proposals/{proposal_id}/accept", { path: { proposal_id: id }, body }), "proposals", "articles", "article", "checks");
export const dismissEdit = (id: number): Promise<true | undefined> =>
  tried(api.post("/api/ai/proposals/{proposal_id}/dismiss", { path: { proposal_id: id } }).then(() => true as const), "proposals");

export const checksQuery = queryOptions({
  queryKey: ["checks"] as const,
  queryFn: ({ signal }) => api.get("/api/ai/checks", { signal }),
  refetchInterval: ({ state }) => (state.data?.evaluations[0]?.status === "running" ? SOON_MS : false),
});

export const runChecks = (): Promise<unknown> => tried(api.post("/api/ai/checks/run"), "checks");
export const stopChecks = (): Promise<unknown> => tried(api.post("/api/ai/checks/stop"), "checks");
export const dropCheck = (id: number): Promise<unknown> => tried(api.delete("/api/ai/checks/{check_id}", { path: { check_id: id } }), "checks");
export const keepCheck = (body: CheckInput): Promise<true | undefined> => tried(api.post("/api/ai/checks", { body }).then(() => true as const), "checks");

import { upload } from "#shared/upload.ts";
import type { ArticleChanges, ArticleInput, ArticleView, CategoryChange, QuestionView, Recategorized, SourceChanges, SourceView, WebsiteInput } from "#shared/wire.ts";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { queries } from "../../data/queries.ts";
import type { KnowledgeSearch } from "./route.ts";

const PAGE = 40;

export const articlesQuery = ({ q, status, audience, kind, category }: KnowledgeSearch) =>
  infiniteQueryOptions({
    queryKey: ["articles", { q, status, audience, kind, category }] as const,
    queryFn: ({ pageParam, signal }) =>
      api.get("/api/articles", {
        query: { q: q ?? null, status: status ?? null, audience: audience ?? null, kind: kind ?? null, category: category ?? null, cursor: pageParam, limit: PAGE },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

export const articleQuery = (id: number) =>
  queryOptions({ queryKey: ["article", id] as const, queryFn: ({ signal }) => api.get("/api/articles/{article_id}", { path: { article_id: id }, signal }) });

export const categoriesQuery = queryOptions({ queryKey: ["articles", "categories"] as const, queryFn: ({ signal }) => api.get("/api/articles/categories", { signal }) });

export const versionsQuery = (id: number) =>
  queryOptions({ queryKey: ["article", id, "versions"] as const, queryFn: ({ signal }) => api.get("/api/articles/{article_id}/versions", { path: { article_id: id }, signal }) });

/** What was saved never changes. */
export const versionQuery = (id: number, version: number) =>
  queryOptions({
    queryKey: ["article-version", id, version] as const,
    queryFn: ({ signal }) => api.get("/api/articles/{article_id}/versions/{version}", { path: { article_id: id, version }, signal }),
    staleTime: Infinity,
  });

export const questionsQuery = (id: number) =>
  queryOptions({ queryKey: ["article", id, "questions"] as const, queryFn: ({ signal }) => api.get("/api/articles/{article_id}/questions", { path: { article_id: id }, signal }) });

/** Files and websites that knowledge is read from. */
export const sourcesQuery = queryOptions({ queryKey: ["sources"] as const, queryFn: ({ signal }) => api.get("/api/sources", { signal }) });

/** How the AI agent finds articles. */
export const searchStateQuery = queryOptions({ queryKey: ["search-state"] as const, queryFn: ({ signal }) => api.get("/api/ai/search", { signal }) });

function kept(article: ArticleView): ArticleView {
  queries.setQueryData(articleQuery(article.id).queryKey, article);
  void queries.invalidateQueries({ queryKey: ["articles"] });
  void queries.invalidateQueries(versionsQuery(article.id));
  return article;
}

const at = (id: number): { path: { article_id: number } } => ({ path: { article_id: id } });

export const createArticle = async (body: ArticleInput): Promise<ArticleView> => kept(await api.post("/api/articles", { body }));
export const updateArticle = async (id: number, body: ArticleChanges): Promise<ArticleView> => kept(await api.patch("/api/articles/{article_id}", { ...at(id), body }));
export const publish = async (id: number): Promise<ArticleView> => kept(await api.post("/api/articles/{article_id}/publish", at(id)));
export const withdraw = async (id: number): Promise<ArticleView> => kept(await api.post("/api/articles/{article_id}/withdraw", at(id)));

export const restoreVersion = async (id: number, version: number, current: number): Promise<ArticleView> =>
  kept(await api.post("/api/articles/{article_id}/versions/{version}/restore", { path: { article_id: id, version }, body: { version: current } }));

async function withQuestions<A>(id: number, work: Promise<A>): Promise<A> {
  const done = await work;
  await queries.refetchQueries(questionsQuery(id));
  return done;
}

export const addQuestion = (id: number, text: string): Promise<QuestionView> => withQuestions(id, api.post("/api/articles/{article_id}/questions", { ...at(id), body: { text } }));
export const changeQuestion = (id: number, question: number, text: string): Promise<QuestionView> =>
  withQuestions(id, api.put("/api/articles/{article_id}/questions/{question_id}", { path: { article_id: id, question_id: question }, body: { text } }));
export const removeQuestion = (id: number, question: number): Promise<unknown> =>
  withQuestions(id, api.delete("/api/articles/{article_id}/questions/{question_id}", { path: { article_id: id, question_id: question } }));

export async function renameCategory(body: CategoryChange): Promise<Recategorized> {
  const done = await api.post("/api/articles/categories/rename", { body });
  for (const stale of ["articles", "article", "sources"]) void queries.invalidateQueries({ queryKey: [stale] });
  return done;
}

export async function deleteArticle(id: number): Promise<void> {
  await api.delete("/api/articles/{article_id}", at(id));
  queries.removeQueries({ queryKey: ["article", id] });
  void queries.invalidateQueries({ queryKey: ["articles"] });
}

async function withSources<A>(work: Promise<A>): Promise<A> {
  const done = await work;
  void queries.invalidateQueries({ queryKey: sourcesQuery.queryKey });
  return done;
}

const source = (id: number): { path: { source_id: number } } => ({ path: { source_id: id } });

export const addWebsite = (body: WebsiteInput): Promise<SourceView> => withSources(api.post("/api/sources/websites", { body }));
export const readAgain = (id: number): Promise<SourceView> => withSources(api.post("/api/sources/{source_id}/read", source(id)));
export const stopReading = (id: number): Promise<SourceView> => withSources(api.post("/api/sources/{source_id}/stop", source(id)));
export const updateSource = (id: number, body: SourceChanges): Promise<SourceView> => withSources(api.patch("/api/sources/{source_id}", { ...source(id), body }));
export const removeSource = (id: number): Promise<unknown> => withSources(api.delete("/api/sources/{source_id}", source(id)));

export function addFile(file: File, audience: SourceView["audience"], progress: (share: number) => void): Promise<SourceView> {
  const search = new URLSearchParams({ name: file.name.slice(-200), audience });
  return withSources(upload<SourceView>(`/api/sources/files?${search}`, file, { "Content-Type": file.type || "application/octet-stream" }, progress));
}

import type { Content, TemplateChanges, TemplateInput, TemplateTest, TemplateTestInput, TemplateView } from "#shared/wire.ts";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { isPassing } from "../../api/problem.ts";
import { queries } from "../../data/queries.ts";

const PAGE = 24;
const WHILE_WRITING = 20_000;

export const templatesQuery = (q: string) =>
  infiniteQueryOptions({
    queryKey: ["templates", q] as const,
    queryFn: ({ pageParam, signal }) => api.get("/api/templates", { query: { q: q || null, cursor: pageParam, limit: PAGE }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

export const templateQuery = (id: number) =>
  queryOptions({ queryKey: ["template", id] as const, queryFn: ({ signal }) => api.get("/api/templates/{template_id}", { path: { template_id: id }, signal }) });

/** A stored template as it looks; kept by its version, which never changes. */
export const lookQuery = (id: number, version: number) =>
  queryOptions({
    queryKey: ["template-look", id, version] as const,
    queryFn: ({ signal }) => api.get("/api/templates/{template_id}/preview", { path: { template_id: id }, signal }),
    staleTime: Infinity,
  });

/** What templates can name. */
export const fieldsQuery = queryOptions({ queryKey: ["merge-fields"] as const, queryFn: ({ signal }) => api.get("/api/templates/fields", { signal }), staleTime: Infinity });

/** What is being written, as a mail; `version` has it asked again once more is known of it. */
export const previewQuery = (content: Content, contact: number | undefined) =>
  queryOptions({
    queryKey: ["content-preview", contact, content] as const,
    queryFn: ({ signal }) => api.post("/api/templates/preview", { body: { content, contact_id: contact ?? null }, signal }),
    gcTime: WHILE_WRITING,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    retry: (failures: number, error: unknown) => failures < 2 && isPassing(error),
  });

export const checkQuery = (content: Content) =>
  queryOptions({
    queryKey: ["content-check", content] as const,
    queryFn: ({ signal }) => api.post("/api/templates/check", { body: content, signal }),
    gcTime: WHILE_WRITING,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });

export const templateVersionsQuery = (id: number) =>
  queryOptions({ queryKey: ["template", id, "versions"] as const, queryFn: ({ signal }) => api.get("/api/templates/{template_id}/versions", { path: { template_id: id }, signal }) });

/** What was saved never changes. */
export const templateVersionQuery = (id: number, version: number) =>
  queryOptions({
    queryKey: ["template-version", id, version] as const,
    queryFn: ({ signal }) => api.get("/api/templates/{template_id}/versions/{version}", { path: { template_id: id, version }, signal }),
    staleTime: Infinity,
  });

function kept(template: TemplateView): TemplateView {
  queries.setQueryData(templateQuery(template.id).queryKey, template);
  void queries.invalidateQueries({ queryKey: ["templates"] });
  void queries.invalidateQueries(templateVersionsQuery(template.id));
  return template;
}

const at = (id: number): { path: { template_id: number } } => ({ path: { template_id: id } });

export const createTemplate = async (body: TemplateInput): Promise<TemplateView> => kept(await api.post("/api/templates", { body }));
export const updateTemplate = async (id: number, body: TemplateChanges): Promise<TemplateView> => kept(await api.patch("/api/templates/{template_id}", { ...at(id), body }));
export const testTemplate = (id: number, body: TemplateTestInput): Promise<TemplateTest> => api.post("/api/templates/{template_id}/test", { ...at(id), body });

export const restoreTemplate = async (id: number, version: number, current: number): Promise<TemplateView> =>
  kept(await api.post("/api/templates/{template_id}/versions/{version}/restore", { path: { template_id: id, version }, body: { version: current } }));

export async function deleteTemplate(id: number): Promise<void> {
  await api.delete("/api/templates/{template_id}", at(id));
  queries.removeQueries({ queryKey: ["template", id] });
  void queries.invalidateQueries({ queryKey: ["templates"] });
}

import type { EnrollmentView, WorkflowSummary, WorkflowView } from "#shared/wire.ts";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { invalidate, queries } from "../../data/queries.ts";
import type { Definition } from "./model/definition.ts";

const PAGE = 50;
/** How often counts and runs are asked for while somebody looks: who goes from step to step is told by no event. */
const WATCH_MS = 2500;
/** How often it is asked how a segment is watched: a look comes once in a minute at most. */
const CALM_MS = 15_000;

export type Status = WorkflowSummary["status"];
export type RunStatus = EnrollmentView["status"];

export const workflowsQuery = infiniteQueryOptions({
  queryKey: ["workflows"] as const,
  queryFn: ({ pageParam, signal }) => api.get("/api/workflows", { query: { cursor: pageParam, limit: PAGE }, signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.next,
});
/** Of the last seven days. */
export const figuresQuery = queryOptions({ queryKey: ["workflow-figures"], queryFn: ({ signal }) => api.get("/api/workflows/figures", { query: { days: 7 }, signal }) });
/** What definitions may be made of: that changes with a release alone. */
/** What a workflow may begin as: definitions ready to adapt. */
export const templatesQuery = queryOptions({ queryKey: ["workflow-templates"] as const, queryFn: ({ signal }) => api.get("/api/workflows/templates", { signal }), staleTime: Infinity });

export const partsQuery = queryOptions({ queryKey: ["workflow-parts"], queryFn: ({ signal }) => api.get("/api/workflows/parts", { signal }), staleTime: Infinity });

export const workflowQuery = (id: number) =>
  queryOptions({ queryKey: ["workflow", id] as const, queryFn: ({ signal }) => api.get("/api/workflows/{workflow_id}", { path: { workflow_id: id }, signal }) });
export const versionQuery = (id: number, number: number) =>
  queryOptions({
    queryKey: ["workflow-version", id, number] as const,
    queryFn: ({ signal }) => api.get("/api/workflows/{workflow_id}/versions/{number}", { path: { workflow_id: id, number }, signal }),
    enabled: number > 0,
    staleTime: Infinity,
  });
/** Who is where, and what publishing the draft would ask. */
export const headsQuery = (id: number) =>
  queryOptions({
    queryKey: ["workflow-heads", id] as const,
    queryFn: ({ signal }) => api.get("/api/workflows/{workflow_id}/publish", { path: { workflow_id: id }, signal }),
    refetchInterval: WATCH_MS,
  });
/** How the segment is watched that starts a workflow; empty: none does. */
export const watchQuery = (id: number) =>
  queryOptions({
    queryKey: ["workflow-watch", id] as const,
    queryFn: ({ signal }) => api.get("/api/workflows/{workflow_id}/watch", { path: { workflow_id: id }, signal }),
    refetchInterval: CALM_MS,
  });
export const resumeQuery = (id: number) =>
  queryOptions({ queryKey: ["workflow-resume", id] as const, queryFn: ({ signal }) => api.get("/api/workflows/{workflow_id}/resume", { path: { workflow_id: id }, signal }), staleTime: 0 });
export const runsQuery = (id: number, status: RunStatus | null, step: string | null) =>
  infiniteQueryOptions({
    queryKey: ["workflow-runs", id, status, step] as const,
    queryFn: ({ pageParam, signal }) =>
      api.get("/api/workflows/{workflow_id}/enrollments", { path: { workflow_id: id }, query: { status, step_id: step, cursor: pageParam, limit: 25 }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data && state.data.pages.length === 1 ? WATCH_MS : false),
  });
export const runQuery = (run: number) =>
  queryOptions({
    queryKey: ["workflow-run", run] as const,
    queryFn: ({ signal }) => api.get("/api/workflows/enrollments/{enrollment_id}", { path: { enrollment_id: run }, signal }),
    refetchInterval: ({ state }) => (state.data?.status === "active" ? WATCH_MS : false),
  });
export const contactWorkflowsQuery = (contact: number) =>
  queryOptions({ queryKey: ["contact-workflows", contact] as const, queryFn: ({ signal }) => api.get("/api/workflows/contacts/{contact_id}", { path: { contact_id: contact }, signal }) });
/** What is wrong with a definition, and where. */
export const checkQuery = (definition: Definition) =>
  queryOptions({
    queryKey: ["workflow-check", definition] as const,
    queryFn: ({ signal }) => api.post("/api/workflows/validate", { body: { definition }, signal }),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 60_000,
  });

/** An answer of the server about one workflow, to all that show it. */
function told(workflow: WorkflowView): WorkflowView {
  queries.setQueryData(workflowQuery(workflow.id).queryKey, workflow);
  invalidate("workflows");
  return workflow;
}

export const createWorkflow = async (name: string, definition: object, client_id: string): Promise<WorkflowView> =>
  told(await api.post("/api/workflows", { body: { name, definition: definition as Record<string, unknown>, description: "", is_template: false, client_id } }));
export const saveWorkflow = async (id: number, revision: number, changes: { name: string; description: string; definition: Definition }): Promise<WorkflowView> =>
  told(await api.patch("/api/workflows/{workflow_id}", { path: { workflow_id: id }, body: { revision, ...changes } }));
export const activate = async (id: number): Promise<WorkflowView> => told(await api.post("/api/workflows/{workflow_id}/activate", { path: { workflow_id: id } }));
export const pause = async (id: number): Promise<WorkflowView> => told(await api.post("/api/workflows/{workflow_id}/pause", { path: { workflow_id: id } }));
export const resume = async (id: number, overdue: "shift" | "skip" | "send"): Promise<WorkflowView> =>
  told(await api.post("/api/workflows/{workflow_id}/resume", { path: { workflow_id: id }, body: { overdue } }));

export interface Choice {
  version: number;
  step_id: string;
  choice: "pin" | "follow" | "map" | "exit";
  to: string | null;
}
export async function publish(id: number, revision: number, plan: Choice[]): Promise<WorkflowView> {
  const published = told(await api.post("/api/workflows/{workflow_id}/publish", { path: { workflow_id: id }, body: { revision, plan } }));
  invalidate("workflow-heads", id);
  return published;
}
export async function exitRun(run: EnrollmentView): Promise<void> {
  await api.post("/api/workflows/enrollments/{enrollment_id}/exit", { path: { enrollment_id: run.id } });
  for (const key of ["workflow-run", "workflow-runs", "workflow-heads", "contact-workflows"]) invalidate(key);
}

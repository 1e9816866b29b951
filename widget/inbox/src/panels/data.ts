import type { PanelDocument, PanelView as Announced } from "#shared/wire.ts";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { api, getPanel } from "../api/client.ts";

const HOUR = 3600_000;

/** The panels of all loaded modules, wherever they are drawn. */
export const panelsQuery = queryOptions({ queryKey: ["panels"], queryFn: ({ signal }) => api.get("/api/panels", { signal }), staleTime: HOUR });

/** Whether this installation has a module that brings panels: they are named after it. */
export const useHasModule = (name: string): boolean => useQuery(panelsQuery).data?.some((panel) => panel.name.startsWith(`${name}.`)) ?? false;

/** What a panel has to say about what is shown beside it. */
export const panelQuery = (path: Announced["path"], query: Record<string, number>) =>
  queryOptions({ queryKey: ["panel", path, query] as const, queryFn: ({ signal }) => getPanel<PanelDocument>(path, query, signal) });

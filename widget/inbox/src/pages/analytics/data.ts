import type { AnalyticsSettingsChange, Report } from "#shared/wire.ts";
import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { AnalyticsSearch, ReportName } from "./use-analytics.ts";

const FRESH_MS = 30_000;
const USUAL_DAYS = 30;

interface Asked {
  name: ReportName;
  last: number;
  since?: string;
  until?: string;
  by?: NonNullable<Report["by"]>;
  key?: string;
}

/** What the address asks the server for. Without days of one's own, the server's today is the last one. */
export function askedBy({ tab, last = USUAL_DAYS, since, until, by, key }: AnalyticsSearch): Asked {
  const narrowed = by !== undefined && key !== undefined && isNarrowed(tab ?? "overview", by) ? { by, key } : {};
  return { name: tab ?? "overview", last, ...(since && until ? { since, until } : {}), ...narrowed };
}

/** Reports about conversations can be narrowed to an inbox and so on, of mail to a mailing, of workflows to one; what is sold belongs to none. */
const isNarrowed = (name: ReportName, by: NonNullable<Report["by"]>): boolean => {
  if (by === "mailing") return name === "email";
  if (by === "workflow") return name === "workflows";
  return name === "overview" || name === "helpdesk" || name === "ai";
};

export const reportQuery = (asked: Asked) =>
  queryOptions({
    queryKey: ["analytics", "report", asked] as const,
    queryFn: ({ signal }): Promise<Report> => api.get("/api/analytics/report", { query: asked, signal }),
    placeholderData: (previous) => (previous?.name === asked.name ? previous : undefined),
    staleTime: FRESH_MS,
    refetchInterval: FRESH_MS * 2,
  });

/** Where a part of the report is to be had as CSV: of the days that are shown. */
export function csvOf({ name, since, until, by, key }: Report, part: string): string {
  const asked = new URLSearchParams({ name, part, since, until, ...(by ? { by, key } : {}) });
  return `/api/analytics/report/csv?${asked.toString()}`;
}

export const settingsQuery = queryOptions({
  queryKey: ["analytics", "settings"],
  queryFn: ({ signal }) => api.get("/api/analytics/settings", { signal }),
});

export const forgettingQuery = (keep_days: number) =>
  queryOptions({
    queryKey: ["analytics", "forgetting", keep_days] as const,
    queryFn: ({ signal }) => api.get("/api/analytics/settings/retention", { query: { keep_days }, signal }),
  });

export const changeSettings = (body: AnalyticsSettingsChange) => api.patch("/api/analytics/settings", { body });
export const rebuild = () => api.post("/api/analytics/rebuild");

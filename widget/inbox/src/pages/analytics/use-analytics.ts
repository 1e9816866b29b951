import { isOneOf } from "#shared/storage.ts";
import type { Report } from "#shared/wire.ts";
import { useNavigate, useSearch } from "@tanstack/react-router";

export type ReportName = Report["name"];
type By = NonNullable<Report["by"]>;

export interface AnalyticsSearch {
  /** None: the overview. */
  tab?: ReportName;
  /** The last so many days; without it and without days of one's own, 30. */
  last?: number;
  /** Days of one's own choice, both included. */
  since?: string;
  until?: string;
  /** Only what counts to one inbox, team, agent, tag, channel, mailing or workflow. */
  by?: By;
  key?: string;
}

export const spans = [7, 30, 90, 365] as const;
export const isReport = isOneOf<ReportName>("overview", "helpdesk", "ai", "email", "orders", "workflows");
const isBy = isOneOf<By>("inbox", "team", "agent", "tag", "channel", "mailing", "workflow");
const isDay = (value: unknown): value is string => typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));

/** What of an address makes sense: read here and not by the router, which every page loads. */
function read({ tab, last, since, until, by, key }: Record<string, unknown>): AnalyticsSearch {
  return {
    ...(isReport(tab) && tab !== "overview" && { tab }),
    ...(spans.some((each) => each === last) && { last: last as number }),
    ...(isDay(since) && isDay(until) && since <= until && { since, until }),
    ...(isBy(by) && (typeof key === "string" || typeof key === "number") && { by, key: String(key) }),
  };
}

/** Where on this page the address says we are, and how to go elsewhere. */
export function useAnalytics(): { search: AnalyticsSearch; go: (search: AnalyticsSearch) => void } {
  const search = read(useSearch({ strict: false }));
  const navigate = useNavigate();
  return { search, go: (next) => void navigate({ to: "/analytics" as never, search: next as never }) };
}

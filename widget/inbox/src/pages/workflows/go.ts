import { useNavigate, useParams, useSearch } from "@tanstack/react-router";

const tabs = ["build", "runs", "simulate"] as const;
export type Tab = (typeof tabs)[number];

export interface Place {
  /** The workflow that is open; none: the list. */
  workflow?: number | undefined;
  tab: Tab;
  step?: string | undefined;
  run?: number | undefined;
}

/** The address of a workflow: a module's, so the router's types do not know it. */
export const pathOf = (workflow: number): string => `/workflows/${workflow}`;

/** Where on this page the address says we are, and how to go elsewhere. */
export function usePlace(): Place & { go: (changes: Partial<Place>, options?: { replace?: boolean }) => Promise<void> } {
  const params = useParams({ strict: false }) as { workflow?: string };
  const search = useSearch({ strict: false }) as { tab?: string; step?: string; run?: number };
  const navigate = useNavigate() as (to: object) => Promise<void>;
  const id = Number(params.workflow);
  const place: Place = { workflow: Number.isSafeInteger(id) && id > 0 ? id : undefined, tab: tabs.find((tab) => tab === search.tab) ?? "build", step: search.step, run: search.run };
  return {
    ...place,
    go: (changes, options = {}) => {
      const { workflow, tab, step, run } = { ...place, ...changes };
      return navigate({
        to: workflow === undefined ? "/workflows" : pathOf(workflow),
        search: { ...(tab === "build" ? {} : { tab }), ...(step === undefined ? {} : { step }), ...(run === undefined ? {} : { run }) },
        ...options,
      });
    },
  };
}

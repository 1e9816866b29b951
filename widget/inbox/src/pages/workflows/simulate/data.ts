import type { StepTaken } from "#shared/wire.ts";
import { api } from "../../../api/client.ts";
import type { Definition } from "../model/definition.ts";

/** A step on somebody's way. */
interface SimulatedStep {
  step_id: string;
  type: string;
  status: StepTaken["status"];
  branch: string;
  detail: string;
  at: string;
}

export interface SimulatedRun {
  contact_id: number;
  contact: string;
  entry_key: string;
  entered_at: string;
  status: "active" | "completed" | "exited" | "refused";
  reason: string;
  detail: string;
  step_id: string;
  due_at: string | null;
  ended_at: string | null;
  steps: SimulatedStep[];
}

interface Divergence {
  contact_id: number;
  contact: string;
  entry_key: string;
  step_id: string;
  before: string;
  after: string;
}

export interface Simulation {
  entered: number;
  active: number;
  is_complete: boolean;
  refused: Record<string, number>;
  ended: Record<string, number>;
  steps: { step_id: string; arrived: number }[];
  runs: SimulatedRun[];
  comparison: { version: number; all: number; changed: number; divergences: Divergence[] } | null;
  notes: string[];
}

// A route that an installation may not have: what it answers is said above, not by the server's list.
const post = api.post as unknown as (path: string, given: object) => Promise<Simulation>;

/** What a definition would have done in the last days; compared with a version, where one is named. */
export const simulate = (workflow: number, definition: Definition, days: number, compare_to: number | null): Promise<Simulation> =>
  post("/api/workflows/{workflow_id}/simulate", { path: { workflow_id: workflow }, body: { definition, days, ...(compare_to === null ? {} : { compare_to }) } });

import type { Simulation } from "#shared/wire.ts";
import { api } from "../../../api/client.ts";
import type { Definition } from "../model/definition.ts";

/** What a definition would have done in the last days; compared with a version, where one is named. */
export const simulate = (workflow: number, definition: Definition, days: number, compare_to: number | null): Promise<Simulation> =>
  api.post("/api/workflows/{workflow_id}/simulate", { path: { workflow_id: workflow }, body: { definition, days, compare_to } });

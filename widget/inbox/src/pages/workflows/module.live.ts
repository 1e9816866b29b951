import type { ServerEvent } from "#shared/wire.ts";
import { invalidate } from "../../data/queries.ts";

const GATHER_MS = 400;
let stale = new Map<string, readonly unknown[]>();

/** Thousands may come in within a second: what that makes stale is asked for once. */
function soon(...key: readonly unknown[]): void {
  if (stale.size === 0) {
    setTimeout(() => {
      const keys = [...stale.values()];
      stale = new Map();
      for (const each of keys) invalidate(...each);
    }, GATHER_MS);
  }
  stale.set(JSON.stringify(key), key);
}

/** What is shown of workflows is fetched anew when something happens in one. */
export function hear(event: ServerEvent): void {
  switch (event.type) {
    case "workflow.saved":
    case "workflow.published":
    case "workflow.activated":
    case "workflow.paused":
    case "workflow.resumed":
      invalidate("workflows");
      invalidate("workflow", event.workflow_id);
      invalidate("workflow-heads", event.workflow_id);
      break;
    case "workflow.enrolled":
    case "workflow.completed":
    case "workflow.exited":
      soon("workflows");
      soon("workflow-figures");
      soon("workflow-heads", event.workflow_id);
      soon("workflow-runs", event.workflow_id);
      soon("workflow-run", event.enrollment_id);
      soon("contact-workflows");
      break;
    case "mailing.progressed":
      if (event.kind === "workflow" && event.reason !== "") {
        soon("workflows");
        soon("workflow");
      }
      break;
    case "mailing.touched":
    case "mailing.returned":
    case "mailing.finished":
      if (event.kind === "workflow") soon("workflow-run");
      break;
    default:
  }
}

import type { ServerEvent } from "#shared/wire.ts";
import { invalidate } from "../../data/queries.ts";

/** What is shown of campaigns is fetched anew when something happens to one. */
export function hear(event: ServerEvent): void {
  if (!("campaign_id" in event)) return;
  invalidate("campaigns");
  invalidate("campaign", event.campaign_id);
}

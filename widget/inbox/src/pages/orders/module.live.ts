import type { ServerEvent } from "#shared/wire.ts";
import { invalidate } from "../../data/queries.ts";

const PAUSE_MS = 500; // a busy shop tells many times a second
let timer: ReturnType<typeof setTimeout> | undefined;
const changed = new Set<number>();

/** What is shown of orders is fetched anew when something happens to one: lists and panels, and the order itself. */
export function hear(event: ServerEvent): void {
  if ("order" in event) changed.add(event.order.id);
  else if (event.type === "order.action_changed") changed.add(event.action.order_id);
  else if (event.type !== "cart.abandoned") return;
  timer ??= setTimeout(() => {
    timer = undefined;
    invalidate("orders");
    invalidate("panel", "/api/commerce/panels/contact");
    for (const id of changed) invalidate("order", id);
    changed.clear();
  }, PAUSE_MS);
}

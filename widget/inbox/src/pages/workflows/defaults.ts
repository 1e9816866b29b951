import type { Raw } from "./model/definition.ts";

/** What a new step of a type says at first. */
export const defaults: Readonly<Record<string, Raw>> = {
  delay: { hours: 1 },
  wait_until_event: { event: "order.created", days: 1 },
  condition: { field: "contact.order_count", operator: "greater_than", value: 0 },
};

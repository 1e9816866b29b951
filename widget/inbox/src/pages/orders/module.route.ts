import { isOneOf } from "#shared/storage.ts";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../root.tsx";

export type OrderState = "unpaid" | "to_ship" | "fulfilled" | "refunded" | "cancelled" | "waiting";

export interface OrdersSearch {
  q?: string;
  state?: OrderState;
  /** The connected shop that is shown alone. */
  shop?: number;
  /** The order whose drawer is open. */
  order?: number;
}

const isState = isOneOf<OrderState>("unpaid", "to_ship", "fulfilled", "refunded", "cancelled", "waiting");
const isId = (value: unknown): value is number => Number.isSafeInteger(value);

export const route = createRoute({
  getParentRoute: () => shellRoute,
  path: "/orders",
  validateSearch: ({ q, state, shop, order }: Record<string, unknown>): OrdersSearch => ({
    ...(typeof q === "string" && q ? { q } : typeof q === "number" ? { q: String(q) } : {}),
    ...(isState(state) && { state }),
    ...(isId(shop) && { shop }),
    ...(isId(order) && { order }),
  }),
  component: lazyRouteComponent(() => import("./page.tsx")),
});

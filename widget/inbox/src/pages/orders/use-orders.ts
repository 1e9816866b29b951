import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { OrdersSearch } from "./module.route.ts";

const route = getRouteApi("/shell/orders" as never);

type Changes = { [K in keyof OrdersSearch]: OrdersSearch[K] | undefined };

/** Where on this page the address says we are, and how to go elsewhere. */
export function useOrders(): { search: OrdersSearch; go: (changes: Changes, options?: { replace?: boolean }) => Promise<void> } {
  const search: OrdersSearch = route.useSearch();
  const navigate = useNavigate();
  return {
    search,
    go: (changes, options = {}) =>
      navigate({ to: "/orders", search: Object.fromEntries(Object.entries({ ...search, ...changes }).filter(([, value]) => value !== undefined)), ...options } as never),
  };
}

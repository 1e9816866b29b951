import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { invalidate } from "../../data/queries.ts";
import type { OrdersSearch } from "./module.route.ts";

const PAGE = 50;

export const ordersQuery = ({ q, state, shop }: Pick<OrdersSearch, "q" | "state" | "shop">) =>
  infiniteQueryOptions({
    queryKey: ["orders", q ?? "", state ?? "", shop ?? 0] as const,
    queryFn: ({ pageParam, signal }) =>
      api.get("/api/orders", { query: { q: q ?? null, state: state ?? null, integration_id: shop ?? null, cursor: pageParam, limit: PAGE }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.cursor,
  });

/** An order with all that belongs to it. The page hears of changes by `module.live.ts`. */
export const orderQuery = (id: number) =>
  queryOptions({ queryKey: ["order", id] as const, queryFn: ({ signal }) => api.get("/api/orders/{order_id}/details", { path: { order_id: id }, signal }) });

/** Connected shops, for who may see them. */
export const shopsQuery = queryOptions({ queryKey: ["shops"], queryFn: ({ signal }) => api.get("/api/integrations", { signal }) });

/** Somebody here did something with an order: what shows it is asked anew, without waiting to hear of it. */
export function refreshOrder(id: number): void {
  invalidate("orders");
  invalidate("order", id);
}

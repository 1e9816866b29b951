import type { IntegrationView } from "#shared/wire.ts";
import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { queries } from "../../data/queries.ts";

const SOON_MS = 2000;
const FIRST_MS = 5000;
const CALM_MS = 15_000;

/** Nothing came yet: whoever has just connected it looks whether it works. */
const isSilent = ({ last_delivery_at }: IntegrationView): boolean => last_delivery_at === null;
const isReading = ({ sync_status, paused_at }: IntegrationView): boolean => sync_status === "first" && paused_at === null;

/** Connected shops. They are asked anew while one looks: often while one is read for the first time. */
export const shopsQuery = queryOptions({
  queryKey: ["shops"],
  queryFn: ({ signal }) => api.get("/api/integrations", { signal }),
  refetchInterval: ({ state }) => (state.data?.some(isReading) ? SOON_MS : state.data?.some(isSilent) ? FIRST_MS : CALM_MS),
});

/** What a shop delivered that could not be understood, newest first. */
export const troublesQuery = (id: number) =>
  queryOptions({
    queryKey: ["shop-troubles", id] as const,
    queryFn: ({ signal }) => api.get("/api/integrations/{integration_id}/deliveries", { path: { integration_id: id }, query: { state: "failed", limit: 5 }, signal }),
  });

/** A shop as it is now, in the list that is shown. */
export function putShop(shop: IntegrationView): void {
  queries.setQueryData(shopsQuery.queryKey, (shops = []) => (shops.some(({ id }) => id === shop.id) ? shops.map((each) => (each.id === shop.id ? shop : each)) : [...shops, shop]));
}

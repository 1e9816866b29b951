import type { OrderView } from "#shared/wire.ts";
import { Badge, type Tone } from "#ui/badge.tsx";
import { texts } from "./texts.ts";

const money: Record<OrderView["financial_status"], Tone> = {
  pending: "neutral",
  failed: "danger",
  authorized: "info",
  partially_paid: "warning",
  paid: "success",
  partially_refunded: "warning",
  refunded: "neutral",
  voided: "neutral",
};
const sent: Record<OrderView["fulfillment_status"], Tone> = { unfulfilled: "neutral", partial: "info", fulfilled: "success" };

/** How an order stands: whether it was paid, and whether it was sent. */
export function States({ order, waits = false }: { order: Pick<OrderView, "status" | "financial_status" | "fulfillment_status" | "is_test">; waits?: boolean }) {
  const t = texts.use();
  return (
    <span className="flex flex-wrap gap-1">
      {waits && <Badge tone="accent">{t("state.waiting")}</Badge>}
      {order.status === "cancelled" && <Badge tone="danger">{t("state.cancelled")}</Badge>}
      <Badge tone={money[order.financial_status]}>{t(`money.${order.financial_status}`)}</Badge>
      {order.status !== "cancelled" && <Badge tone={sent[order.fulfillment_status]}>{t(`sent.${order.fulfillment_status}`)}</Badge>}
      {order.is_test && <Badge tone="outline">{t("test")}</Badge>}
    </span>
  );
}

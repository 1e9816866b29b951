import type { OrderDetails } from "#shared/wire.ts";
import { full } from "#shared/time.ts";
import { useUserName } from "../../data/people.ts";
import { useLocale } from "../../i18n/locale.ts";
import { useMoney } from "./money.ts";
import { texts } from "./texts.ts";

/** What happened to an order, oldest first: in the shop, and by people here. */
export function Timeline({ details: { order, shipments, refunds, actions } }: { details: OrderDetails }) {
  const t = texts.use();
  const money = useMoney();
  const locale = useLocale();
  const nameOf = useUserName();
  const entries = [
    { at: order.order_date, text: t("did.placed"), more: "" },
    ...shipments.map(({ at, carrier, tracking_number }) => ({ at, text: t("did.shipped"), more: [carrier, tracking_number].filter(Boolean).join(" ") })),
    ...refunds.map(({ at, amount, reason }) => ({ at, text: t("did.refunded", { amount: money(amount, order.currency) }), more: reason.replace(/ ?\[lacasa [\w-]+\]$/, "") })),
    ...actions.map(({ created_at, settled_at, kind, state, amount, asked_by, trouble }) => ({
      at: settled_at ?? created_at,
      text: t(`action.${kind}.${state}`, { amount: money(amount, order.currency) }),
      more: [nameOf(asked_by), trouble].filter(Boolean).join(" · "),
    })),
  ].sort((a, b) => a.at.localeCompare(b.at));
  return (
    <ol className="flex flex-col gap-2 border-s border-line ps-3 text-sm">
      {entries.map(({ at, text, more }, index) => (
        <li key={index}>
          <p>{text}</p>
          {more && (
            <p className="text-xs text-muted">
              <bdi>{more}</bdi>
            </p>
          )}
          <time dateTime={at} className="text-xs text-faint">
            {full(at, locale)}
          </time>
        </li>
      ))}
    </ol>
  );
}

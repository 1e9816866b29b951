import type { OrderDetails } from "#shared/wire.ts";
import { Badge } from "#ui/badge.tsx";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { safeHref } from "#shared/markdown.ts";
import { full } from "#shared/time.ts";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ExternalLink, PackageX } from "lucide-react";
import type { ReactNode } from "react";
import { isProblem } from "../../api/problem.ts";
import { useLocale } from "../../i18n/locale.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { Actions } from "./actions.tsx";
import { orderQuery } from "./data.ts";
import { useMoney } from "./money.ts";
import { States } from "./states.tsx";
import { texts } from "./texts.ts";
import { Timeline } from "./timeline.tsx";

interface DrawerProps {
  id: number;
  /** Where it was opened, and what is done with it is told. */
  conversation?: number | undefined;
  close: () => void;
}

/** One order: what was bought, how it stands, and what can be done with it. */
export function OrderDrawer({ id, conversation, close }: DrawerProps) {
  const t = texts.use();
  const { data, error, isFetching, refetch } = useQuery(orderQuery(id));
  return (
    <Dialog open onOpenChange={close}>
      <DialogContent place="end" title={data ? <bdi>{t("title", { number: data.order.order_number })}</bdi> : t("order")} className="sm:w-[min(30rem,100vw)]">
        {data ? (
          <Order details={data} conversation={conversation} />
        ) : isProblem(error, "not_found") ? (
          <EmptyState icon={PackageX} title={t("gone.title")} text={t("gone.text")} />
        ) : error ? (
          <ErrorState title={t("error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} />
        ) : (
          <SkeletonRows rows={5} avatar={false} />
        )}
      </DialogContent>
    </Dialog>
  );
}

function Order({ details, conversation }: { details: OrderDetails; conversation: number | undefined }) {
  const t = texts.use();
  const locale = useLocale();
  const { order, shop, contact_name, shipments } = details;
  const page = safeHref(order.url);
  return (
    <>
      <div className="mb-4 flex flex-col gap-2">
        <States order={order} waits={details.actions.some(({ state }) => state === "waiting")} />
        <p className="text-sm text-muted">
          <bdi>{shop}</bdi> · {full(order.order_date, locale)}
        </p>
        <p className="text-sm">
          {order.contact_id === null ? (
            <bdi className="text-muted">{order.email || t("guest")}</bdi>
          ) : (
            <Link to="/contacts" search={{ contact: order.contact_id }} className="text-accent-text underline-offset-2 hover:underline">
              <bdi>{contact_name || order.email || t("customer")}</bdi>
            </Link>
          )}
        </p>
        {page && (
          <Outward href={page}>{t("page")}</Outward>
        )}
      </div>
      <Actions details={details} conversation={conversation} />
      <Part title={t("items")}>
        <Items details={details} />
      </Part>
      {shipments.length > 0 && (
        <Part title={t("shipments")}>
          <ul className="flex flex-col gap-2 text-sm">
            {shipments.map(({ carrier, status, tracking_number, tracking_url, at }) => (
              <li key={`${tracking_number} ${at}`} className="flex flex-wrap items-center gap-2">
                {status && <Badge tone="outline">{status}</Badge>}
                <bdi className="text-muted">{[carrier, tracking_number].filter(Boolean).join(" ")}</bdi>
                {safeHref(tracking_url) && <Outward href={safeHref(tracking_url)!}>{t("follow")}</Outward>}
              </li>
            ))}
          </ul>
        </Part>
      )}
      {Object.keys(order.shipping_address).length > 0 && (
        <Part title={t("address")}>
          <p className="text-sm whitespace-pre-line">
            <bdi>{Object.values(order.shipping_address).filter(Boolean).join("\n")}</bdi>
          </p>
        </Part>
      )}
      <Part title={t("history")}>
        <Timeline details={details} />
      </Part>
    </>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="mt-4 border-t border-line pt-4">
    <h3 className="mb-2 text-xs font-semibold text-muted">{title}</h3>
    {children}
  </section>
);

const Outward = ({ href, children }: { href: string; children: ReactNode }) => (
  <a href={href} target="_blank" rel="noopener noreferrer" className="inline-flex items-center gap-1 text-sm text-accent-text underline-offset-2 hover:underline [&_svg]:size-3">
    {children}
    <ExternalLink className="rtl:-scale-x-100" aria-hidden />
  </a>
);

function Items({ details: { order } }: { details: OrderDetails }) {
  const t = texts.use();
  const money = useMoney();
  const refunded = Number(order.refunded) > 0;
  return (
    <dl className="flex flex-col gap-1.5 text-sm">
      {order.items.map((item) => (
        <div key={`${item.external_id} ${item.title}`} className="flex justify-between gap-3">
          <dt dir="auto" className="min-w-0">
            <span className="text-muted tabular-nums">{item.quantity} ×</span> {item.title}
            {item.sku && <bdi className="block text-xs text-faint">{item.sku}</bdi>}
          </dt>
          <dd className="tabular-nums">
            <bdi>{money(String(Number(item.price) * item.quantity), order.currency)}</bdi>
          </dd>
        </div>
      ))}
      <div className="flex justify-between gap-3 border-t border-line pt-1.5 font-medium">
        <dt>{t("total")}</dt>
        <dd className="tabular-nums">
          <bdi>{money(order.total_price, order.currency)}</bdi>
        </dd>
      </div>
      {refunded && (
        <div className="flex justify-between gap-3 text-muted">
          <dt>{t("refunded")}</dt>
          <dd className="tabular-nums">
            <bdi>{money(`-${order.refunded}`, order.currency)}</bdi>
          </dd>
        </div>
      )}
    </dl>
  );
}

import type { ListedOrder } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Input } from "#ui/field.tsx";
import { Select } from "#ui/select.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { Table, Td, Th, Tr } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { SearchX, ShoppingBag, Store } from "lucide-react";
import { app } from "../../i18n/app.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { useIsRole } from "../../session/session.ts";
import { Page } from "../../shell/page.tsx";
import { useSearchField } from "../../use-search-field.ts";
import { ordersQuery, shopsQuery } from "./data.ts";
import { OrderDrawer } from "./drawer.tsx";
import type { OrderState } from "./module.route.ts";
import { useMoney } from "./money.ts";
import { name } from "./name.ts";
import { States } from "./states.tsx";
import { texts } from "./texts.ts";
import { useOrders } from "./use-orders.ts";

const STATES: readonly OrderState[] = ["waiting", "unpaid", "to_ship", "fulfilled", "refunded", "cancelled"];

export default function OrdersPage() {
  const named = name.use();
  const t = texts.use();
  const { search, go } = useOrders();
  const [query, setQuery] = useSearchField(search.q, (q) => void go({ q }, { replace: true }));
  const clear = (): void => {
    setQuery("");
    void go({ q: undefined, state: undefined, shop: undefined });
  };

  return (
    <Page title={named("page")}>
      <div role="search" className="flex shrink-0 flex-wrap gap-2 border-b border-line px-4 py-2.5">
        <Input type="search" aria-label={t("search")} placeholder={t("search")} value={query} onChange={(event) => setQuery(event.target.value)} className="max-w-96 min-w-40 flex-1 basis-60" />
        <Select
          aria-label={t("filter.state")}
          value={search.state ?? "any"}
          onChange={(state) => void go({ state: state === "any" ? undefined : (state as OrderState) })}
          options={[{ value: "any", label: t("filter.any") }, ...STATES.map((value) => ({ value: value as string, label: t(`filter.${value}`) }))]}
          className="w-44 max-sm:w-auto max-sm:flex-1 max-sm:basis-36"
        />
        <Shops />
      </div>
      <Rows clear={clear} />
      {search.order !== undefined && <OrderDrawer key={search.order} id={search.order} close={() => void go({ order: undefined })} />}
    </Page>
  );
}

/** One shop alone; agents see orders, and do not administer shops. */
function Shops() {
  const t = texts.use();
  const { search, go } = useOrders();
  const maySee = useIsRole("admin", "user");
  const { data = [] } = useQuery({ ...shopsQuery, enabled: maySee });
  if (data.length < 2) return null;
  return (
    <Select
      aria-label={t("filter.shop")}
      value={String(search.shop ?? "any")}
      onChange={(shop) => void go({ shop: shop === "any" ? undefined : Number(shop) })}
      options={[{ value: "any", label: t("filter.shops") }, ...data.map(({ id, name }) => ({ value: String(id), label: name }))]}
      className="w-44 max-sm:w-auto max-sm:flex-1 max-sm:basis-36"
    />
  );
}

function Rows({ clear }: { clear: () => void }) {
  const t = texts.use();
  const shell = app.use();
  const named = name.use();
  const { search } = useOrders();
  const { data, error, isPending, isFetching, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery({ ...ordersQuery(search), placeholderData: keepPreviousData });
  if (isPending) return <SkeletonRows rows={8} avatar={false} />;
  if (!data) return <ErrorState title={t("error.list")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} />;
  const orders = data.pages.flatMap((page) => page.orders);
  if (orders.length === 0) {
    return search.q || search.state || search.shop ? (
      <EmptyState icon={SearchX} title={t("nothing.title")} text={t("nothing.text")} action={<Button onClick={clear}>{shell("clear")}</Button>} />
    ) : (
      <Nothing />
    );
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <Table label={named("page")}>
        <thead>
          <tr>
            <Th className="ps-4">{t("order")}</Th>
            <Th className="max-sm:hidden">{t("customer")}</Th>
            <Th className="max-md:hidden">{t("stands")}</Th>
            <Th className="text-end">{t("total")}</Th>
            <Th className="max-sm:hidden">{t("placed")}</Th>
          </tr>
        </thead>
        <tbody>
          {orders.map((order) => (
            <Row key={order.id} order={order} />
          ))}
        </tbody>
      </Table>
      {hasNextPage && (
        <div className="flex shrink-0 justify-center border-t border-line p-3">
          <Button size="sm" onClick={() => void fetchNextPage()} busy={isFetchingNextPage}>
            {shell("more")}
          </Button>
        </div>
      )}
    </div>
  );
}

function Nothing() {
  const t = texts.use();
  const isAdmin = useIsRole("admin");
  const connect = (
    <Button asChild>
      <Link to="/settings/$section" params={{ section: "integrations" }}>
        <Store aria-hidden />
        {t("empty.action")}
      </Link>
    </Button>
  );
  return <EmptyState icon={ShoppingBag} title={t("empty.title")} text={t(isAdmin ? "empty.text" : "empty.ask")} action={isAdmin && connect} />;
}

function Row({ order }: { order: ListedOrder }) {
  const t = texts.use();
  const money = useMoney();
  const { search, go } = useOrders();
  const open = (): void => void go({ order: order.id });
  const who = order.contact_name || order.email || t("guest");
  return (
    <Tr aria-selected={search.order === order.id} onClick={open} className="cursor-default">
      <Td className="ps-4">
        <button type="button" className="block max-w-56 truncate text-start font-medium tabular-nums max-sm:max-w-40" onClick={(event) => (event.stopPropagation(), open())}>
          <bdi>{order.order_number}</bdi>
        </button>
        <span className="block max-w-44 truncate text-xs text-muted sm:hidden">
          <bdi>{who}</bdi>
        </span>
        <span className="mt-1 block md:hidden">
          <States order={order} waits={order.waits} />
        </span>
      </Td>
      <Td className="max-sm:hidden">
        <span className="block max-w-64 truncate">
          <bdi>{who}</bdi>
        </span>
        {order.contact_name && order.email && (
          <span className="block max-w-64 truncate text-xs text-muted">
            <bdi>{order.email}</bdi>
          </span>
        )}
      </Td>
      <Td className="max-md:hidden">
        <States order={order} waits={order.waits} />
      </Td>
      <Td className="text-end whitespace-nowrap tabular-nums">
        <bdi>{money(order.total_price, order.currency)}</bdi>
        {Number(order.refunded) > 0 && <bdi className="block text-xs text-muted">{money(`-${order.refunded}`, order.currency)}</bdi>}
        <Ago at={order.order_date} className="block text-xs text-faint sm:hidden" />
      </Td>
      <Td className="whitespace-nowrap text-muted max-sm:hidden">
        <Ago at={order.order_date} />
      </Td>
    </Tr>
  );
}

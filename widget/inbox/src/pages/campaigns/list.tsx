import type { CampaignSummary } from "#shared/wire.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Input } from "#ui/field.tsx";
import { Select } from "#ui/select.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { Table, Td, Th, Tr } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Megaphone, SearchX } from "lucide-react";
import { app } from "../../i18n/app.ts";
import { useLocale } from "../../i18n/locale.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { useSearchField } from "../../use-search-field.ts";
import { campaignsQuery } from "./data.ts";
import { moment, share } from "./numbers.ts";
import { texts } from "./texts.ts";
import { useCampaigns } from "./use-campaigns.ts";
import { statuses, tones } from "./words.ts";

const ANY = "any";

/** All campaigns: what became of them, and what is yet to come. */
export function Campaigns({ make, busy }: { make: () => void; busy: boolean }) {
  const t = texts.use();
  const shell = app.use();
  const { search, go } = useCampaigns();
  const [query, setQuery] = useSearchField(search.q, (q) => void go({ q }, { replace: true }));
  const status = statuses.find((each) => each === search.status);
  const { data, error, isPending, isFetching, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery({ ...campaignsQuery(search.q ?? "", status), placeholderData: keepPreviousData });
  if (isPending) return <SkeletonRows avatar={false} rows={8} />;
  if (!data) return <ErrorState title={t("error.list")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} />;
  const items = data.pages.flatMap((page) => page.items);
  if (items.length === 0 && !search.q && !status) {
    return (
      <EmptyState
        icon={Megaphone}
        title={t("empty.title")}
        text={t("empty.text")}
        action={
          <Button variant="primary" busy={busy} onClick={make}>
            {t("new")}
          </Button>
        }
      />
    );
  }
  return (
    <>
      <div role="search" className="flex shrink-0 gap-2 border-b border-line px-4 py-2.5">
        <Input type="search" aria-label={t("search")} placeholder={t("search")} value={query} onChange={(event) => setQuery(event.target.value)} className="max-w-96" />
        <Select
          aria-label={t("status")}
          value={status ?? ANY}
          onChange={(value) => void go({ status: value === ANY ? undefined : value }, { replace: true })}
          options={[{ value: ANY, label: t("status.any") }, ...statuses.map((value) => ({ value: value as string, label: t(`status.${value}`) }))]}
          className="w-44"
        />
      </div>
      {items.length === 0 ? (
        <EmptyState
          icon={SearchX}
          title={t("nothing.title")}
          action={
            <Button
              onClick={() => {
                setQuery("");
                void go({ q: undefined, status: undefined });
              }}
            >
              {shell("clear")}
            </Button>
          }
        />
      ) : (
        <div className="flex min-h-0 flex-1 flex-col">
          <Table label={t("campaigns")}>
            <thead>
              <tr>
                <Th className="ps-4">{t("name")}</Th>
                <Th>{t("status")}</Th>
                <Th className="text-end max-md:hidden">{t("audience")}</Th>
                <Th className="text-end max-md:hidden">{t("sent")}</Th>
                <Th className="text-end max-lg:hidden">{t("opened")}</Th>
                <Th className="text-end max-lg:hidden">{t("clicked")}</Th>
                <Th className="max-sm:hidden">{t("when")}</Th>
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <Row key={item.id} item={item} />
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
      )}
    </>
  );
}

function Row({ item }: { item: CampaignSummary }) {
  const t = texts.use();
  const locale = useLocale();
  const { go } = useCampaigns();
  const open = (): void => void go({ campaign: item.id });
  const isBegun = item.started_at !== null;
  const number = (value: number): string => (isBegun ? new Intl.NumberFormat(locale).format(value) : "–");
  const rate = (value: number): string => (item.sent > 0 && item.is_tracked ? share(value, item.sent, locale) : "–");
  return (
    <Tr onClick={open} className="cursor-default">
      <Td className="ps-4">
        <button type="button" className="block max-w-80 truncate text-start font-medium max-md:max-w-52" onClick={(event) => (event.stopPropagation(), open())}>
          <bdi>{item.name}</bdi>
        </button>
        {item.topic_name && <bdi className="block max-w-80 truncate text-xs text-muted max-md:max-w-52">{item.topic_name}</bdi>}
      </Td>
      <Td>
        <Badge tone={tones[item.status]}>{t(`status.${item.status}`)}</Badge>
      </Td>
      <Td className="text-end tabular-nums max-md:hidden">{number(item.audience)}</Td>
      <Td className="text-end tabular-nums max-md:hidden">{number(item.sent)}</Td>
      <Td className="text-end tabular-nums max-lg:hidden">{rate(item.opened)}</Td>
      <Td className="text-end tabular-nums max-lg:hidden">{rate(item.clicked)}</Td>
      <Td className="whitespace-nowrap text-muted max-sm:hidden">
        {item.status === "scheduled" && item.scheduled_at ? t("when.at", { time: moment(item.scheduled_at, locale, item.time_zone) }) : <Ago at={item.ended_at ?? item.started_at ?? item.updated_at} />}
      </Td>
    </Tr>
  );
}

import type { CampaignRecipient } from "#shared/wire.ts";
import { Badge, type Tone } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Input } from "#ui/field.tsx";
import { Select } from "#ui/select.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { Table, Td, Th, Tr } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { UserRoundX } from "lucide-react";
import { useState } from "react";
import { app } from "../../../i18n/app.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { useSettled } from "../../../use-settled.ts";
import { isMoving, progressQuery, recipientsQuery, type Campaign, type SendState } from "../data.ts";
import { texts } from "../texts.ts";
import { reasonWords } from "../words.ts";

const tones: Record<SendState, Tone> = { sent: "success", sending: "accent", queued: "neutral", failed: "danger", uncertain: "warning", skipped: "outline" };
const states = Object.keys(tones) as SendState[];
const ANY = "any";

export interface Chosen {
  state?: string | undefined;
  reason?: string | undefined;
}

/** Everybody of the audience, and what became of each. */
export function Recipients({ campaign, chosen, choose }: { campaign: Campaign; chosen: Chosen; choose: (chosen: Chosen) => void }) {
  const t = texts.use();
  const shell = app.use();
  const [query, setQuery] = useState("");
  const q = useSettled(query).trim();
  const state = states.find((each) => each === chosen.state);
  const skipped = useQuery(progressQuery(campaign.id, false)).data?.skipped ?? {};
  const reasons = [...new Set([...Object.keys(skipped), ...(chosen.reason ? [chosen.reason] : [])])];
  const { data, error, isFetching, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    ...recipientsQuery(campaign.id, state, chosen.reason, q),
    refetchInterval: isMoving(campaign.status) ? 5000 : false,
  });
  const items = data?.pages.flatMap((page) => page.items);
  return (
    <>
      <div role="search" className="flex shrink-0 flex-wrap gap-2 border-b border-line px-4 py-2.5">
        <Input type="search" aria-label={t("recipients.search")} placeholder={t("recipients.search")} value={query} onChange={(event) => setQuery(event.target.value)} className="max-w-80" />
        <Select
          aria-label={t("recipients.state")}
          value={state ?? ANY}
          onChange={(value) => choose(value === ANY ? {} : { state: value })}
          options={[{ value: ANY, label: t("recipients.any") }, ...states.map((value) => ({ value: value as string, label: t(`state.${value}`) }))]}
          className="w-44"
        />
        {reasons.length > 0 && (!state || state === "skipped") && (
          <Select
            aria-label={t("recipients.reason")}
            value={chosen.reason ?? ANY}
            onChange={(value) => choose(value === ANY ? { state: chosen.state } : { state: "skipped", reason: value })}
            options={[{ value: ANY, label: t("recipients.any-reason") }, ...reasons.map((value) => ({ value, label: reasonWords(value) }))]}
            className="w-64"
          />
        )}
      </div>
      {!items ? (
        error ? (
          <ErrorState title={t("recipients.error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} />
        ) : (
          <SkeletonRows avatar={false} rows={8} />
        )
      ) : items.length === 0 ? (
        <EmptyState icon={UserRoundX} title={t("recipients.none")} text={t("recipients.none.text")} />
      ) : (
        <div className="flex min-h-0 flex-1 flex-col">
          <Table label={t("recipients")}>
            <thead>
              <tr>
                <Th className="ps-4">{t("recipients.who")}</Th>
                <Th>{t("status")}</Th>
                {campaign.variants.length > 1 && <Th className="max-md:hidden">{t("variant")}</Th>}
                <Th className="text-end max-md:hidden">{t("opened")}</Th>
                <Th className="text-end max-md:hidden">{t("clicked")}</Th>
                <Th className="max-sm:hidden">{t("when")}</Th>
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <Row key={item.id} item={item} hasVariants={campaign.variants.length > 1} />
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

function Row({ item, hasVariants }: { item: CampaignRecipient; hasVariants: boolean }) {
  const t = texts.use();
  return (
    <Tr>
      <Td className="ps-4">
        <Link to="/contacts" search={{ contact: item.contact_id }} className="block max-w-64 truncate rounded-xs font-medium hover:underline max-md:max-w-48">
          <bdi>{item.name || item.address || `#${item.contact_id}`}</bdi>
        </Link>
        <bdi className="block max-w-64 truncate text-xs text-muted max-md:max-w-48">{item.address}</bdi>
      </Td>
      <Td>
        <Badge tone={tones[item.state]}>{t(`state.${item.state}`)}</Badge>
        {item.reason && (
          <span className="block max-w-64 text-xs text-muted" title={item.detail || undefined}>
            {reasonWords(item.reason)}
          </span>
        )}
      </Td>
      {hasVariants && <Td className="max-md:hidden">{item.variant}</Td>}
      <Td className="text-end tabular-nums max-md:hidden">{item.opened || ""}</Td>
      <Td className="text-end tabular-nums max-md:hidden">{item.clicked || ""}</Td>
      <Td className="whitespace-nowrap text-muted max-sm:hidden">{item.settled_at && <Ago at={item.settled_at} />}</Td>
    </Tr>
  );
}

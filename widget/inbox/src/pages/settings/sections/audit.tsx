import { full } from "#shared/time.ts";
import type { AuditView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/states.tsx";
import { Table, Td, Th, Tr } from "#ui/table.tsx";
import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { ScrollText } from "lucide-react";
import { api } from "../../../api/client.ts";
import { app } from "../../../i18n/app.ts";
import { useLocale } from "../../../i18n/locale.ts";
import { Loaded } from "../parts.tsx";
import { texts } from "../texts.ts";

const PAGE = 50;

const auditQuery = infiniteQueryOptions({
  queryKey: ["audit"] as const,
  queryFn: ({ pageParam, signal }) => api.get("/api/audit", { query: { before: pageParam, limit: PAGE }, signal }),
  initialPageParam: null as number | null,
  getNextPageParam: (last) => (last.length === PAGE ? (last.at(-1)?.id ?? null) : null),
  staleTime: 0,
});

export default function Audit() {
  const t = texts.use();
  const shell = app.use();
  const query = useInfiniteQuery(auditQuery);
  return (
    <Loaded query={query}>
      {({ pages }) => {
        const entries = pages.flat();
        if (entries.length === 0) return <EmptyState icon={ScrollText} title={t("audit.empty")} />;
        return (
          <>
            <div className="overflow-hidden rounded-md border border-line">
              <Table label={t("audit")}>
                <thead>
                  <tr>
                    <Th>{t("audit.when")}</Th>
                    <Th>{t("audit.who")}</Th>
                    <Th>{t("audit.what")}</Th>
                    <Th>{t("audit.subject")}</Th>
                  </tr>
                </thead>
                <tbody>
                  {entries.map((entry) => (
                    <Row key={entry.id} entry={entry} />
                  ))}
                </tbody>
              </Table>
            </div>
            {query.hasNextPage && (
              <div className="mt-4 flex justify-center">
                <Button size="sm" onClick={() => void query.fetchNextPage()} busy={query.isFetchingNextPage}>
                  {shell("more")}
                </Button>
              </div>
            )}
          </>
        );
      }}
    </Loaded>
  );
}

function Row({ entry }: { entry: AuditView }) {
  const locale = useLocale();
  const short = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(new Date(entry.created_at));
  const data = Object.entries(entry.data);
  return (
    <Tr>
      <Td className="whitespace-nowrap text-muted">
        <time dateTime={entry.created_at} title={full(entry.created_at, locale)}>
          {short}
        </time>
      </Td>
      <Td className="whitespace-nowrap">
        <bdi>{entry.actor_name ?? entry.actor_kind}</bdi>
      </Td>
      <Td>
        <code dir="ltr" className="font-mono text-xs">
          {entry.action}
        </code>
      </Td>
      <Td className="max-w-80">
        <bdi>{entry.subject}</bdi>
        {data.length > 0 && (
          <span dir="ltr" className="block truncate font-mono text-xs text-faint" title={JSON.stringify(entry.data)}>
            {data.map(([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`).join(" ")}
          </span>
        )}
      </Td>
    </Tr>
  );
}

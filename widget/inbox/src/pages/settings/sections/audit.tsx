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
import { names } from "../sections.ts";
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
              <Table label={names.t("audit")}>
                <thead>
                  <tr>
                    <Th>{t("audit.when")}</Th>
                    <Th className="max-md:hidden">{t("audit.who")}</Th>
                    <Th>{t("audit.what")}</Th>
                    <Th className="max-md:hidden">{t("audit.subject")}</Th>
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

const actions = [
  "organization.founded",
  "organization.changed",
  "session.opened",
  "password.changed",
  "member.added",
  "member.role_changed",
  "member.renamed",
  "member.removed",
  "inbox.created",
  "inbox.changed",
  "inbox.server_saved",
  "inbox.server_removed",
  "inbox.server_tested",
  "signing.key_made",
  "signing.key_removed",
  "signing.switched",
  "team.saved",
  "team.deleted",
  "contact.deleted",
  "job.retried",
  "job.dropped",
  "event.retried",
  "event.dropped",
] as const;
const roles = ["admin", "user", "agent"] as const;
const actors = ["user", "api_key", "visitor", "ai", "system"] as const;

/** What happened, in words; what a newer server or a module adds, as it is called there. */
function useAuditWords(): { what: (entry: AuditView) => string; who: (entry: AuditView) => string; more: (entry: AuditView) => string } {
  const t = texts.use();
  return {
    what: ({ action }) => {
      const known = actions.find((each) => each === action);
      return known ? t(`audit.action.${known}`) : action;
    },
    who: ({ actor_name, actor_kind }) => {
      const kind = actors.find((each) => each === actor_kind);
      return actor_name ?? (kind ? t(`audit.actor.${kind}`) : actor_kind);
    },
    more: ({ data }) =>
      Object.entries(data)
        .map(([key, value]) => {
          const role = key === "role" ? roles.find((each) => each === value) : undefined;
          return role ? t("audit.role", { role: t(`role.${role}`) }) : `${key}: ${typeof value === "string" ? value : JSON.stringify(value)}`;
        })
        .join(" · "),
  };
}

/** On phones who did it stands under when, and what it was about under what: four columns do not fit. */
function Row({ entry }: { entry: AuditView }) {
  const locale = useLocale();
  const words = useAuditWords();
  const short = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(new Date(entry.created_at));
  const who = <bdi>{words.who(entry)}</bdi>;
  const more = words.more(entry);
  const subject = (
    <>
      <bdi className="wrap-anywhere">{entry.subject}</bdi>
      {more && (
        <bdi className="block text-xs wrap-anywhere text-muted" title={JSON.stringify(entry.data)}>
          {more}
        </bdi>
      )}
    </>
  );
  return (
    <Tr>
      <Td className="text-muted max-md:align-top md:whitespace-nowrap">
        <time dateTime={entry.created_at} title={full(entry.created_at, locale)}>
          {short}
        </time>
        <span className="block text-ink md:hidden">{who}</span>
      </Td>
      <Td className="whitespace-nowrap max-md:hidden">{who}</Td>
      <Td className="max-md:align-top">
        <span title={entry.action}>{words.what(entry)}</span>
        <span className="block text-muted md:hidden">{subject}</span>
      </Td>
      <Td className="max-w-80 max-md:hidden">{subject}</Td>
    </Tr>
  );
}

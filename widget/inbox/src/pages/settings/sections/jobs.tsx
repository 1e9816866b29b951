import { full } from "#shared/time.ts";
import type { DeadEventView, JobCounts, JobView } from "#shared/wire.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { confirm } from "#ui/confirm.ts";
import { Field, Input } from "#ui/field.tsx";
import { EmptyState } from "#ui/states.tsx";
import { Tab, TabPanel, Tabs, TabsList } from "#ui/tabs.tsx";
import { Ago } from "#ui/time.tsx";
import { toast } from "#ui/toast.tsx";
import { infiniteQueryOptions, keepPreviousData, queryOptions, useInfiniteQuery, useQuery, type UseInfiniteQueryResult } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { useDeferredValue, useState, type ReactNode } from "react";
import { api } from "../../../api/client.ts";
import { queries } from "../../../data/queries.ts";
import { app } from "../../../i18n/app.ts";
import { useLocale } from "../../../i18n/locale.ts";
import { attempt, Loaded } from "../parts.tsx";
import { names } from "../sections.ts";
import { texts } from "../texts.ts";

type Status = JobView["status"];
/** What failed for good comes first: it waits for somebody. */
const kinds = ["dead", "dead_events", "queued", "running", "done"] as const satisfies readonly (keyof JobCounts)[];
type Kind = (typeof kinds)[number];
const PAGE = 50;
/** No event tells of jobs; they are looked at while somebody looks at them. */
const EVERY_MS = 5000;
/** The server counts no further. */
const COUNTED = 1000;

const countsQuery = queryOptions({
  queryKey: ["jobs", "counts"] as const,
  queryFn: ({ signal }) => api.get("/api/jobs/counts", { signal }),
  refetchInterval: EVERY_MS,
});

const paged = {
  initialPageParam: null as number | null,
  getNextPageParam: (last: { id: number }[]) => (last.length === PAGE ? (last.at(-1)?.id ?? null) : null),
  refetchInterval: EVERY_MS,
};

const jobsQuery = (status: Status, name: string) =>
  infiniteQueryOptions({
    ...paged,
    queryKey: ["jobs", status, name] as const,
    queryFn: ({ pageParam, signal }) => api.get("/api/jobs", { query: { status, name, before: pageParam, limit: PAGE }, signal }),
    placeholderData: (before, query) => (query?.queryKey[1] === status ? keepPreviousData(before) : undefined),
  });

const eventsQuery = infiniteQueryOptions({
  ...paged,
  queryKey: ["jobs", "events"] as const,
  queryFn: ({ pageParam, signal }) => api.get("/api/jobs/events", { query: { before: pageParam, limit: PAGE }, signal }),
});

export default function Jobs() {
  const t = texts.use();
  const [kind, setKind] = useState<Kind>("dead");
  const { data: counts } = useQuery(countsQuery);
  return (
    <Tabs value={kind} onValueChange={(next) => setKind(next as Kind)}>
      <TabsList aria-label={t("jobs.status")}>
        {kinds.map((each) => (
          <Tab key={each} value={each}>
            {t(`jobs.${each}.short`)}
            {counts && <Amount value={counts[each]} isBad={each.startsWith("dead")} />}
          </Tab>
        ))}
      </TabsList>
      <TabPanel value={kind} className="flex flex-col gap-4">
        <p className="text-sm text-muted">{t(`jobs.${kind}.text`)}</p>
        {kind === "dead_events" ? <Events /> : <OfStatus key={kind} status={kind} />}
      </TabPanel>
    </Tabs>
  );
}

function Amount({ value, isBad }: { value: number; isBad: boolean }) {
  const locale = useLocale();
  const number = new Intl.NumberFormat(locale).format(value);
  return (
    <Badge tone={isBad && value > 0 ? "danger" : "neutral"} className="tabular-nums">
      {value < COUNTED ? number : `${number}+`}
    </Badge>
  );
}

function OfStatus({ status }: { status: Status }) {
  const t = texts.use();
  const [name, setName] = useState("");
  const query = useInfiniteQuery(jobsQuery(status, useDeferredValue(name.trim())));
  return (
    <>
      <Field label={t("jobs.name")} className="max-w-80">
        {(ids) => <Input type="search" dir="ltr" maxLength={200} value={name} onChange={(event) => setName(event.target.value)} {...ids} />}
      </Field>
      <List query={query} empty={name.trim() ? t("jobs.empty.name") : t(`jobs.empty.${status}`)}>
        {(job) => <Job key={job.id} job={job} />}
      </List>
    </>
  );
}

function Events() {
  const t = texts.use();
  return (
    <List query={useInfiniteQuery(eventsQuery)} empty={t("jobs.empty.dead_events")}>
      {(event) => <DeadEvent key={event.id} event={event} />}
    </List>
  );
}

interface ListProps<T> {
  query: UseInfiniteQueryResult<{ pages: T[][] }>;
  empty: string;
  children: (row: T) => ReactNode;
}

function List<T>({ query, empty, children }: ListProps<T>) {
  const t = texts.use();
  const shell = app.use();
  return (
    <Loaded query={query}>
      {({ pages }) => {
        const rows = pages.flat();
        if (rows.length === 0) return <EmptyState icon={CircleCheck} title={t("jobs.empty.title")} text={empty} className="py-6" />;
        return (
          <>
            <ul aria-label={names.t("jobs")} className="flex flex-col divide-y divide-line rounded-md border border-line">
              {rows.map(children)}
            </ul>
            {query.hasNextPage && (
              <Button size="sm" onClick={() => void query.fetchNextPage()} busy={query.isFetchingNextPage} className="self-center">
                {shell("more")}
              </Button>
            )}
          </>
        );
      }}
    </Loaded>
  );
}

/** Does it, and looks again at what there is now. */
async function done(work: () => Promise<unknown>, said: string): Promise<void> {
  if (await attempt(work)) toast({ tone: "success", title: said, key: "settings" });
  await queries.invalidateQueries({ queryKey: ["jobs"] });
}

function Job({ job }: { job: JobView }) {
  const t = texts.use();
  const locale = useLocale();
  const path = { job_id: job.id };
  const retry = async (): Promise<void> => {
    if (await confirm({ title: t("jobs.retry.title"), text: t("jobs.retry.text", { name: job.name, most: job.max_attempts }), action: t("jobs.retry") }))
      await done(() => api.post("/api/jobs/{job_id}/retry", { path }), t("jobs.retried"));
  };
  const drop = async (): Promise<void> => {
    if (await confirm({ title: t("jobs.drop.title"), text: t("jobs.drop.text", { name: job.name }), action: t("jobs.drop"), danger: true }))
      await done(() => api.post("/api/jobs/{job_id}/drop", { path }), t("jobs.dropped"));
  };
  return (
    <Row
      name={job.name}
      id={job.id}
      error={job.error}
      about={
        <>
          {t("jobs.attempts", { attempt: job.attempt, most: job.max_attempts })} · <Ago at={job.finished_at ?? job.created_at} />
          {job.status === "queued" && ` · ${t("jobs.due", { at: full(job.run_at, locale) })}`}
        </>
      }
      retry={job.status === "dead" ? retry : undefined}
      drop={job.status === "dead" || job.status === "queued" ? drop : undefined}
    />
  );
}

function DeadEvent({ event }: { event: DeadEventView }) {
  const t = texts.use();
  const path = { event_id: event.id };
  const retry = async (): Promise<void> => {
    if (await confirm({ title: t("jobs.event.retry.title"), text: t("jobs.event.retry.text"), action: t("jobs.retry") }))
      await done(() => api.post("/api/jobs/events/{event_id}/retry", { path }), t("jobs.retried"));
  };
  const drop = async (): Promise<void> => {
    if (await confirm({ title: t("jobs.event.drop.title"), text: t("jobs.event.drop.text", { name: event.type }), action: t("jobs.drop"), danger: true }))
      await done(() => api.post("/api/jobs/events/{event_id}/drop", { path }), t("jobs.dropped"));
  };
  return <Row name={event.type} id={event.id} error={event.error} about={<Ago at={event.died_at} />} retry={retry} drop={drop} />;
}

interface RowProps {
  name: string;
  id: number;
  about: ReactNode;
  error: string | null;
  retry: (() => Promise<void>) | undefined;
  drop: (() => Promise<void>) | undefined;
}

function Row({ name, id, about, error, retry, drop }: RowProps) {
  const t = texts.use();
  const what = `${name} #${id}`;
  return (
    <li className="px-4 py-2.5 text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <div className="min-w-40 flex-1">
          <p dir="ltr" className="text-start font-mono text-xs font-medium wrap-anywhere">
            {name} <span className="text-faint">#{id}</span>
          </p>
          <p className="text-xs text-muted">{about}</p>
        </div>
        {retry && (
          <Button size="sm" onClick={() => void retry()} aria-label={`${t("jobs.retry")}: ${what}`}>
            {t("jobs.retry")}
          </Button>
        )}
        {drop && (
          <Button size="sm" variant="ghost" onClick={() => void drop()} aria-label={`${t("jobs.drop")}: ${what}`}>
            {t("jobs.drop")}
          </Button>
        )}
      </div>
      {error && (
        <details className="mt-1 text-xs">
          <summary className="text-danger">{t("jobs.error")}</summary>
          <pre dir="ltr" className="mt-1 rounded-sm border border-line bg-sunken p-2 text-start font-mono wrap-anywhere whitespace-pre-wrap">
            {error}
          </pre>
        </details>
      )}
    </li>
  );
}

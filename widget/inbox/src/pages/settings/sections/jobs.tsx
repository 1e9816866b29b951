import { full } from "#shared/time.ts";
import type { JobView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Segmented } from "#ui/choice.tsx";
import { confirm } from "#ui/confirm.ts";
import { EmptyState } from "#ui/states.tsx";
import { Ago } from "#ui/time.tsx";
import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { useState } from "react";
import { api } from "../../../api/client.ts";
import { queries } from "../../../data/queries.ts";
import { app } from "../../../i18n/app.ts";
import { useLocale } from "../../../i18n/locale.ts";
import { attempt, Loaded, Part } from "../parts.tsx";
import { texts } from "../texts.ts";

type Status = JobView["status"];
const shown = ["dead", "queued", "running"] as const satisfies readonly Status[];
const PAGE = 50;
const EVERY_MS = 5000;

const jobsQuery = (status: Status) =>
  infiniteQueryOptions({
    queryKey: ["jobs", status] as const,
    queryFn: ({ pageParam, signal }) => api.get("/api/jobs", { query: { status, before: pageParam, limit: PAGE }, signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => (last.length === PAGE ? (last.at(-1)?.id ?? null) : null),
    // No event tells of jobs; they are looked at while somebody looks at them.
    refetchInterval: EVERY_MS,
  });

export default function Jobs() {
  const t = texts.use();
  const shell = app.use();
  const [status, setStatus] = useState<(typeof shown)[number]>("dead");
  const query = useInfiniteQuery(jobsQuery(status));
  return (
    <Part
      title={t(`jobs.${status}`)}
      text={t(`jobs.${status}.text`)}
      actions={<Segmented aria-label={t("jobs.status")} value={status} onChange={setStatus} options={shown.map((each) => ({ value: each, label: t(`jobs.${each}.short`) }))} />}
    >
      <Loaded query={query}>
        {({ pages }) => {
          const jobs = pages.flat();
          if (jobs.length === 0) return <EmptyState icon={CircleCheck} title={t("jobs.empty.title")} text={t(`jobs.empty.${status}`)} className="py-6" />;
          return (
            <>
              <ul className="-my-2 flex flex-col divide-y divide-line">
                {jobs.map((job) => (
                  <Row key={job.id} job={job} />
                ))}
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
    </Part>
  );
}

function Row({ job }: { job: JobView }) {
  const t = texts.use();
  const locale = useLocale();
  const run = (verb: "retry" | "drop"): Promise<boolean> =>
    attempt(async () => {
      await api.post(`/api/jobs/{job_id}/${verb}`, { path: { job_id: job.id } });
      await queries.invalidateQueries({ queryKey: ["jobs"] });
    });
  const drop = async (): Promise<void> => {
    if (await confirm({ title: t("jobs.drop.title"), text: t("jobs.drop.text", { name: job.name }), action: t("jobs.drop"), danger: true })) await run("drop");
  };
  return (
    <li className="py-2.5 text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <div className="min-w-0 flex-1">
          <p dir="ltr" className="truncate text-start font-mono text-xs font-medium">
            {job.name} <span className="text-faint">#{job.id}</span>
          </p>
          <p className="text-xs text-muted">
            {t("jobs.attempts", { attempt: job.attempt, most: job.max_attempts })} · <Ago at={job.finished_at ?? job.created_at} />
            {job.status === "queued" && ` · ${t("jobs.due", { at: full(job.run_at, locale) })}`}
          </p>
        </div>
        {job.status === "dead" && (
          <Button size="sm" onClick={() => void run("retry")}>
            {t("jobs.retry")}
          </Button>
        )}
        {job.status !== "running" && (
          <Button size="sm" variant="ghost" onClick={() => void drop()}>
            {t("jobs.drop")}
          </Button>
        )}
      </div>
      {job.error && (
        <details className="mt-1 text-xs">
          <summary className="text-danger">{t("jobs.error")}</summary>
          <pre dir="ltr" className="mt-1 max-h-48 overflow-auto rounded-sm border border-line bg-sunken p-2 font-mono whitespace-pre-wrap">
            {job.error}
          </pre>
        </details>
      )}
    </li>
  );
}

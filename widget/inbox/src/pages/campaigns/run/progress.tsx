import type { CampaignProgress } from "#shared/wire.ts";
import { Skeleton } from "#ui/skeleton.tsx";
import { ErrorState } from "#ui/states.tsx";
import { useNow } from "#ui/time.tsx";
import { useQuery } from "@tanstack/react-query";
import { Gauge, PauseCircle, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useLocale } from "../../../i18n/locale.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { isMoving, progressQuery, senderQuery, type Campaign } from "../data.ts";
import { count } from "../numbers.ts";
import { Skips } from "../skips.tsx";
import { texts } from "../texts.ts";
import { pauseWords } from "../words.ts";
import { StateBar, type Parts } from "./bar.tsx";
import { leftOf, rateOf, sampled, type Sample } from "./rate.ts";

const partsOf = ({ sent, sending, queued, held, failed, uncertain, skipped }: CampaignProgress): Parts => ({
  sent,
  sending,
  queued: queued - held,
  held,
  failed,
  uncertain,
  skipped: Object.values(skipped).reduce((sum, number) => sum + number, 0),
});

/** How far a campaign is, while one looks: who has got it, how fast it goes, how long it will take, and what slows it down. */
export function Progress({ campaign, show }: { campaign: Campaign; show: (state: string | undefined, reason?: string) => void }) {
  const t = texts.use();
  const isLive = isMoving(campaign.status);
  const { data, error, isFetching, refetch, dataUpdatedAt } = useQuery(progressQuery(campaign.id, isLive));
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  const done = data ? data.sent + data.failed + data.uncertain : undefined;
  if (done !== undefined && samples.at(-1)?.at !== dataUpdatedAt) setSamples(sampled(samples, { at: dataUpdatedAt, done }));
  if (!data) return error ? <ErrorState title={t("error.progress")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} /> : <Skeleton className="h-32 w-full rounded-md" />;
  const parts = partsOf(data);
  return (
    <section aria-label={t("progress")} className="flex flex-col gap-4 rounded-md border border-line bg-pane p-4">
      <Reasons campaign={campaign} progress={data} />
      <StateBar numbers={parts} choose={(part) => show(part === "held" ? "queued" : part)} />
      {isLive && <Pace progress={data} perSecond={rateOf(samples)} left={parts.queued + parts.sending} />}
      {parts.skipped > 0 && (
        <div className="flex flex-col gap-2 border-t border-line pt-3">
          <h3 className="text-sm font-medium">{t("skips.title", { count: parts.skipped })}</h3>
          <Skips skipped={data.skipped} choose={(reason) => show("skipped", reason)} />
        </div>
      )}
      {parts.uncertain > 0 && <p className="text-xs text-faint">{t("uncertain.about")}</p>}
    </section>
  );
}

function Pace({ progress, perSecond, left }: { progress: CampaignProgress; perSecond: number | undefined; left: number }) {
  const t = texts.use();
  const locale = useLocale();
  // Measured here; until then, what whoever sends says.
  const rate = perSecond ?? (progress.per_minute > 0 ? progress.per_minute / 60 : undefined);
  const seconds = leftOf(left, rate);
  return (
    <p role="status" className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted">
      <span className="flex items-center gap-1.5">
        <Gauge className="size-4 text-faint" aria-hidden />
        {!progress.settled ? t("pace.settling") : rate === undefined ? t("pace.measuring") : t("pace.rate", { rate: count(Math.round(rate * 60), locale) })}
      </span>
      {progress.settled && seconds !== undefined && left > 0 && <span>{t("pace.left", { time: lasting(seconds, locale) })}</span>}
    </p>
  );
}

/** Why it stands, or goes slowly. */
function Reasons({ campaign, progress }: { campaign: Campaign; progress: CampaignProgress }) {
  const t = texts.use();
  const locale = useLocale();
  const now = useNow();
  const isLive = campaign.status === "sending";
  const sender = useQuery(senderQuery(campaign.inbox_id, isLive)).data;
  const time = (at: string): string => new Intl.DateTimeFormat(locale, { dateStyle: "short", timeStyle: "short" }).format(new Date(at));
  const lines: string[] = [];
  if (isLive) {
    if (progress.held > 0) lines.push(t("slow.held", { count: progress.held }));
    if (sender?.held_until && Date.parse(sender.held_until) > now) lines.push(t("slow.server", { time: time(sender.held_until) }));
    if (sender?.today_limit != null && sender.today_count >= sender.today_limit) lines.push(t("slow.warming", { count: sender.today_limit }));
    for (const domain of sender?.slow_domains.slice(0, 3) ?? []) lines.push(t("slow.domain", { domain: domain.domain, said: domain.said }));
    if (progress.due_at && progress.sending === 0 && Date.parse(progress.due_at) > now) lines.push(t("slow.next", { time: time(progress.due_at) }));
  }
  return (
    <>
      {campaign.status === "paused" && (
        <div role="note" className="flex items-start gap-2 rounded-sm bg-warning-soft px-3 py-2 text-sm text-warning">
          <PauseCircle className="mt-0.5 size-4 shrink-0" aria-hidden />
          <p className="min-w-0">
            {campaign.reason ? t("paused.reason", { reason: pauseWords(campaign.reason) }) : t("paused.person")}
            {progress.detail && <bdi className="block font-mono text-xs wrap-anywhere">{progress.detail}</bdi>}
          </p>
        </div>
      )}
      {lines.length > 0 && (
        <ul aria-label={t("slow")} className="flex flex-col gap-1 rounded-sm bg-info-soft px-3 py-2 text-sm text-info">
          {lines.map((line) => (
            <li key={line} className="flex items-start gap-2">
              <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
              <span className="wrap-anywhere">{line}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

const MINUTE = 60;
const HOUR = 3600;

/** About how long: seconds, minutes or hours. */
function lasting(seconds: number, locale: string): string {
  const [size, unit] = seconds >= HOUR * 2 ? [HOUR, "hour"] : seconds >= MINUTE * 2 ? [MINUTE, "minute"] : [1, "second"];
  return new Intl.NumberFormat(locale, { style: "unit", unit: String(unit), unitDisplay: "long", maximumFractionDigits: 0 }).format(Math.max(1, Math.round(seconds / Number(size))));
}

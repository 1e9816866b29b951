import type { CampaignAudience } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { confirm } from "#ui/confirm.ts";
import { useNow } from "#ui/time.tsx";
import { toast } from "#ui/toast.tsx";
import { useQuery } from "@tanstack/react-query";
import { CalendarClock, CircleAlert, CircleCheck, Send } from "lucide-react";
import { useState } from "react";
import { queries } from "../../../data/queries.ts";
import { useLocale } from "../../../i18n/locale.ts";
import { audienceQuery, campaignQuery, scheduleCampaign, startCampaign, type Campaign } from "../data.ts";
import { count } from "../numbers.ts";
import { texts } from "../texts.ts";
import { failureWords, lackWords } from "../words.ts";
import { instantOf, isZone } from "../zone.ts";
import type { When } from "./when.tsx";

interface ReviewProps {
  campaign: Campaign;
  audience: CampaignAudience;
  when: When;
  isSaving: boolean;
  /** Waits for what is on its way; nothing: some of it was refused. */
  settled: () => Promise<Campaign | undefined>;
  test: () => void;
}

const sections: Record<string, string> = { include: "audience", exclude: "audience", variants: "variants", topic_id: "sender", inbox_id: "sender" };

/** The last look: what is missing, and the one question before it goes. */
export function Review({ campaign, audience, when, isSaving, settled, test }: ReviewProps) {
  const t = texts.use();
  const locale = useLocale();
  const [busy, setBusy] = useState(false);
  const reach = useQuery(audienceQuery(audience)).data;
  const now = useNow();
  const isFixed = campaign.status === "scheduled";
  const { problems } = campaign;
  const at = when.isLater && isZone(when.zone) ? instantOf(when.local, when.zone) : undefined;
  // Without a topic nobody has agreed to it, which the list says already.
  const isNobody = audience.topic_id !== null && reach?.exact === true && reach.recipients === 0;
  const isReady = problems.length === 0 && !isNobody && (!when.isLater || (at !== undefined && at.getTime() > now));

  const go = async (): Promise<void> => {
    const fresh = await settled();
    if (!fresh) return;
    const people = await queries.fetchQuery({ ...audienceQuery(audience), staleTime: 0 });
    const number = { count: people.recipients, number: people.exact ? count(people.recipients, locale) : t("reach.least", { number: count(people.recipients, locale) }) };
    const time = at ? new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short", timeZone: when.zone }).format(at) : "";
    const isSure = await confirm(
      at
        ? { title: t("ask.later", { ...number, time }), text: t("ask.later.text", { zone: when.zone }), action: t("ask.later.action") }
        : { title: t("ask.now", number), text: t("ask.now.text"), action: t("ask.now.action", number) },
    );
    if (!isSure) return;
    const { revision } = queries.getQueryData(campaignQuery(campaign.id).queryKey) ?? fresh;
    if (at) await scheduleCampaign(campaign.id, { revision, at: at.toISOString(), time_zone: when.zone, max_lateness_s: when.lateness_s });
    else await startCampaign(campaign.id, revision);
  };
  const perform = async (): Promise<void> => {
    setBusy(true);
    try {
      await go();
    } catch (error) {
      toast({ tone: "error", title: t("failed.start"), text: failureWords(error), key: "campaign" });
      await queries.refetchQueries({ ...campaignQuery(campaign.id), exact: true });
    }
    setBusy(false);
  };

  return (
    <section aria-label={t("review")} className="flex flex-col gap-3 rounded-md border border-line bg-pane p-4">
      <h2 className="text-sm font-medium text-muted">{t("review")}</h2>
      <ul aria-label={t("checklist")} className="flex flex-col gap-2 text-sm">
        {problems.map((problem) => (
          <li key={`${problem.path} ${problem.code}`} className="flex items-start gap-2">
            <CircleAlert className="mt-0.5 size-4 shrink-0 text-danger" aria-hidden />
            <button
              type="button"
              className="rounded-xs text-start hover:underline"
              onClick={() => document.getElementById(sections[problem.path.split("[")[0]!] ?? "audience")?.scrollIntoView({ block: "start" })}
            >
              {lackWords(problem)}
            </button>
          </li>
        ))}
        {isNobody && (
          <li className="flex items-start gap-2">
            <CircleAlert className="mt-0.5 size-4 shrink-0 text-danger" aria-hidden />
            {t("lack.nobody")}
          </li>
        )}
        {problems.length === 0 && !isNobody && (
          <li className="flex items-start gap-2">
            <CircleCheck className="mt-0.5 size-4 shrink-0 text-success" aria-hidden />
            {t("ready")}
          </li>
        )}
      </ul>
      <Button onClick={test} disabled={campaign.variants.length === 0 || campaign.inbox_id === null}>
        {t("test")}
      </Button>
      {!isFixed && (
        <Button variant="primary" busy={busy || isSaving} disabled={!isReady} onClick={() => void perform()}>
          {when.isLater ? <CalendarClock aria-hidden /> : <Send className="rtl:-scale-x-100" aria-hidden />}
          {t(when.isLater ? "schedule" : "start")}
        </Button>
      )}
    </section>
  );
}

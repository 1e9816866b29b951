import { Button } from "#ui/button.tsx";
import { confirm } from "#ui/confirm.ts";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { Tab, TabPanel, Tabs, TabsList } from "#ui/tabs.tsx";
import { toast } from "#ui/toast.tsx";
import { Ban, Pause, Play } from "lucide-react";
import { Suspense, useState } from "react";
import { useDirection, useLocale } from "../../../i18n/locale.ts";
import { later } from "../../../later.tsx";
import { cancelCampaign, pauseCampaign, resumeCampaign, type Campaign } from "../data.ts";
import { Head } from "../head.tsx";
import { moment } from "../numbers.ts";
import { texts } from "../texts.ts";
import { ownZone } from "../zone.ts";
import { useCampaigns } from "../use-campaigns.ts";
import { failureWords } from "../words.ts";
import { Progress } from "./progress.tsx";
import { Recipients, type Chosen } from "./recipients.tsx";

const Report = later(() => import("../report/report.tsx"));

/** A campaign that has begun: how far it is, who got it, what came of it. */
export default function Run({ campaign }: { campaign: Campaign }) {
  const t = texts.use();
  const { search, go } = useCampaigns();
  const [chosen, setChosen] = useState<Chosen>({});
  const show = (state: string | undefined, reason?: string): void => {
    setChosen({ state, reason });
    void go({ tab: "recipients" });
  };
  return (
    <>
      <Head campaign={campaign}>
        <Controls campaign={campaign} />
      </Head>
      <Tabs value={search.tab ?? "report"} onValueChange={(tab) => void go({ tab: tab === "recipients" ? tab : undefined })} dir={useDirection()} className="flex min-h-0 flex-1 flex-col">
        <TabsList aria-label={t("views")} className="shrink-0 px-4">
          <Tab value="report">{t("tab.report")}</Tab>
          <Tab value="recipients">{t("tab.recipients")}</Tab>
        </TabsList>
        <TabPanel value="report" tabIndex={-1} className="min-h-0 flex-1 overflow-y-auto bg-sunken p-0">
          <div className="mx-auto flex max-w-300 flex-col gap-4 p-4 md:p-6">
            <Facts campaign={campaign} />
            <Progress campaign={campaign} show={show} />
            <Suspense fallback={<SkeletonRows avatar={false} />}>
              <Report campaign={campaign} />
            </Suspense>
          </div>
        </TabPanel>
        <TabPanel value="recipients" tabIndex={-1} className="flex min-h-0 flex-1 flex-col p-0">
          <Recipients campaign={campaign} chosen={chosen} choose={setChosen} />
        </TabPanel>
      </Tabs>
    </>
  );
}

/** What was sent to whom, in one line. */
function Facts({ campaign }: { campaign: Campaign }) {
  const t = texts.use();
  const locale = useLocale();
  const names = (refs: Campaign["include"]): string => new Intl.ListFormat(locale).format(refs.map(({ name }) => name));
  const zone = campaign.time_zone || ownZone();
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2 text-sm">
      <Fact name={t("topic")} value={campaign.topic_name} />
      <Fact name={t("audience.include")} value={names(campaign.include) || t("audience.everybody.short")} />
      {campaign.exclude.length > 0 && <Fact name={t("audience.exclude")} value={names(campaign.exclude)} />}
      {campaign.started_at && <Fact name={t("begun")} value={moment(campaign.started_at, locale, zone)} />}
      {campaign.ended_at && <Fact name={t("ended")} value={moment(campaign.ended_at, locale, zone)} />}
    </dl>
  );
}

const Fact = ({ name, value }: { name: string; value: string }) => (
  <div className="min-w-0">
    <dt className="text-xs text-faint">{name}</dt>
    <dd className="max-w-80 truncate">
      <bdi>{value}</bdi>
    </dd>
  </div>
);

function Controls({ campaign }: { campaign: Campaign }) {
  const t = texts.use();
  const [busy, setBusy] = useState(false);
  const run = async (work: () => Promise<unknown>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    try {
      await work();
    } catch (error) {
      toast({ tone: "error", title: t("failed.change"), text: failureWords(error), key: "campaign" });
    }
    setBusy(false);
  };
  const cancel = async (): Promise<void> => {
    if (await confirm({ title: t("cancel.title", { name: campaign.name }), text: t("cancel.text"), action: t("cancel"), danger: true })) await run(() => cancelCampaign(campaign.id));
  };
  if (campaign.status !== "sending" && campaign.status !== "paused") return null;
  return (
    <>
      {campaign.status === "sending" ? (
        <Button busy={busy} onClick={() => void run(() => pauseCampaign(campaign.id))}>
          <Pause aria-hidden />
          {t("pause")}
        </Button>
      ) : (
        <Button variant="primary" busy={busy} onClick={() => void run(() => resumeCampaign(campaign.id))}>
          <Play className="rtl:-scale-x-100" aria-hidden />
          {t("resume")}
        </Button>
      )}
      <Button variant="ghost" busy={busy} onClick={() => void cancel()} className="text-danger hover:text-danger" aria-label={t("cancel")}>
        <Ban aria-hidden />
        <span className="max-sm:hidden">{t("cancel")}</span>
      </Button>
    </>
  );
}

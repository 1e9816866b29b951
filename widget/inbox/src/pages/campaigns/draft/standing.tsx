import { Button } from "#ui/button.tsx";
import { toast } from "#ui/toast.tsx";
import { CalendarClock, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useLocale } from "../../../i18n/locale.ts";
import { unscheduleCampaign, type Campaign } from "../data.ts";
import { moment } from "../numbers.ts";
import { texts } from "../texts.ts";
import { failureWords, pauseWords } from "../words.ts";

/** That it waits for its time, or that its time passed and why it did not begin; with the way back to a draft. */
export function Standing({ campaign }: { campaign: Campaign }) {
  const t = texts.use();
  const locale = useLocale();
  const [busy, setBusy] = useState(false);
  if (campaign.status !== "scheduled" && campaign.status !== "missed") return null;
  const isMissed = campaign.status === "missed";
  const time = campaign.scheduled_at ? moment(campaign.scheduled_at, locale, campaign.time_zone) : "";
  const back = async (): Promise<void> => {
    setBusy(true);
    try {
      await unscheduleCampaign(campaign.id);
    } catch (error) {
      toast({ tone: "error", title: t("failed.save"), text: failureWords(error), key: "campaign" });
    }
    setBusy(false);
  };
  const Icon = isMissed ? TriangleAlert : CalendarClock;
  return (
    <div role={isMissed ? "alert" : "note"} className={`flex flex-wrap items-center gap-3 rounded-md px-4 py-3 text-sm ${isMissed ? "bg-danger-soft text-danger" : "bg-info-soft text-info"}`}>
      <Icon className="size-5 shrink-0" strokeWidth={1.75} aria-hidden />
      <p className="min-w-52 flex-1">{isMissed ? t("missed", { time, reason: pauseWords(campaign.reason) }) : t("scheduled", { time, zone: campaign.time_zone })}</p>
      <Button size="sm" busy={busy} onClick={() => void back()}>
        {t("unschedule")}
      </Button>
    </div>
  );
}

import type { CampaignAudience } from "#shared/wire.ts";
import { cn } from "#ui/cn.ts";
import { Skeleton } from "#ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import { useLocale } from "../../../i18n/locale.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { audienceQuery } from "../data.ts";
import { count } from "../numbers.ts";
import { Skips } from "../skips.tsx";
import { texts } from "../texts.ts";

/** How many would get it now, and how many not and why. */
export function Reach({ audience }: { audience: CampaignAudience }) {
  const t = texts.use();
  const locale = useLocale();
  const { data, error, isPlaceholderData } = useQuery(audienceQuery(audience));
  if (error && !data) return <p className="text-sm text-danger">{problemText(error)}</p>;
  if (!data) {
    return (
      <div className="flex flex-col gap-2">
        <Skeleton className="h-7 w-24" />
        <Skeleton className="w-40" />
      </div>
    );
  }
  const left = data.audience - data.recipients;
  return (
    <div className={cn("flex flex-col gap-2 transition", isPlaceholderData && "text-muted grayscale")} aria-busy={isPlaceholderData}>
      <p aria-live="polite">
        <span className="block text-2xl font-semibold tabular-nums">{data.exact ? count(data.recipients, locale) : t("reach.least", { number: count(data.recipients, locale) })}</span>
        <span className="text-sm text-muted">{t("reach.get", { count: data.recipients })}</span>
      </p>
      {left > 0 && (
        <>
          <p className="text-sm text-muted">{t("reach.none", { count: left })}</p>
          <Skips skipped={data.skipped} />
        </>
      )}
    </div>
  );
}

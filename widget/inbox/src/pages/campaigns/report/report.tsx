import type { CampaignReport } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { ErrorState } from "#ui/states.tsx";
import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { lazy, Suspense, useMemo } from "react";
import { useLocale } from "../../../i18n/locale.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { reportQuery, type Campaign } from "../data.ts";
import { count } from "../numbers.ts";
import { texts } from "../texts.ts";
import { Card } from "./card.tsx";
import { Funnel } from "./funnel.tsx";
import { Links } from "./links.tsx";
import { Replies } from "./replies.tsx";
import { Touches } from "./touches.tsx";
import { Variants } from "./variants.tsx";

const Chart = lazy(() => import("../../../panels/chart.tsx"));
const FEWEST = 2;
const DAY = 86_400;
/** Of whoever reads it: by his clock it is drawn, and he is told so. */
const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What came of a campaign. */
export default function Report({ campaign }: { campaign: Campaign }) {
  const t = texts.use();
  const { data, error, isFetching, refetch } = useQuery(reportQuery(campaign.id, campaign.status));
  if (!data) {
    return error ? (
      <ErrorState title={t("error.report")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} />
    ) : (
      <div className="grid gap-4 lg:grid-cols-2">
        <Skeleton className="h-60 w-full rounded-md" />
        <Skeleton className="h-60 w-full rounded-md" />
      </div>
    );
  }
  const { funnel } = data;
  return (
    <>
      <div className="grid gap-4 lg:grid-cols-2">
        <Card title={t("funnel")} text={t("funnel.text")} end={<Export id={campaign.id} />}>
          <Funnel funnel={funnel} isTracked={campaign.is_tracked} />
        </Card>
        <Card title={t("touches")} text={t(campaign.is_tracked ? "touches.text" : "untracked")}>
          {campaign.is_tracked && <Touches funnel={funnel} />}
        </Card>
      </div>
      {campaign.is_tracked && data.moments.length >= FEWEST && (
        <Card title={t("time")} text={data.step_s < DAY ? t("time.text.hours", { zone: ZONE.replaceAll("_", " ") }) : t("time.text")}>
          <Times report={data} />
        </Card>
      )}
      {data.variants.length > 1 && (
        <Card title={t("variants")} text={t("compare.text")}>
          <Variants report={data} />
        </Card>
      )}
      <div className="grid gap-4 lg:grid-cols-2">
        {campaign.is_tracked && (
          <Card title={t("links")} text={t("links.text")}>
            <Links links={data.links} />
          </Card>
        )}
        <Card title={t("replies")} text={t("replies.text")}>
          <Replies campaign={campaign.id} />
        </Card>
      </div>
      {data.revenue.length > 0 && (
        <Card title={t("revenue")} text={data.rule_words}>
          <Revenue report={data} />
        </Card>
      )}
    </>
  );
}

/** The file is made by the server as it is read: a plain link. */
function Export({ id }: { id: number }) {
  const t = texts.use();
  return (
    <Button asChild size="sm">
      <a href={`/api/campaigns/${id}/export`} download>
        <Download aria-hidden />
        {t("export")}
      </a>
    </Button>
  );
}

/** What happened when, drawn. */
function Times({ report }: { report: CampaignReport }) {
  const t = texts.use();
  const { at, series } = useMemo(() => {
    const columns = ["sent", "opened", "clicked"] as const;
    return {
      at: report.moments.map((moment) => Date.parse(moment.at) / 1000),
      series: columns.map((column) => ({ label: t(`series.${column}`), values: report.moments.map((moment) => moment[column]) })),
    };
  }, [report, t]);
  const { sent, opened, clicked } = report.funnel;
  return (
    <Suspense fallback={<Skeleton className="h-60 w-full rounded-sm" />}>
      <Chart at={at} series={series} height={220} step={report.step_s < DAY ? "hour" : "day"} zone={ZONE} label={t("time.label", { sent, opened: opened.human, clicked: clicked.human })} />
    </Suspense>
  );
}

function Revenue({ report }: { report: CampaignReport }) {
  const t = texts.use();
  const locale = useLocale();
  return (
    <ul className="flex flex-wrap gap-6">
      {report.revenue.map(({ currency, orders, amount }) => (
        <li key={currency}>
          <p className="text-xl font-semibold tabular-nums">{new Intl.NumberFormat(locale, { style: "currency", currency }).format(Number(amount))}</p>
          <p className="text-sm text-muted">{t("revenue.orders", { count: orders, number: count(orders, locale) })}</p>
        </li>
      ))}
    </ul>
  );
}

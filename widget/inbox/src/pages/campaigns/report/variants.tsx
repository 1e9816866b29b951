import type { CampaignReport, ComparisonReport, VariantReport } from "#shared/wire.ts";
import { Table, Td, Th, Tr } from "#ui/table.tsx";
import { useLocale } from "../../../i18n/locale.ts";
import { count } from "../numbers.ts";
import { texts } from "../texts.ts";

/** The mails that were tried, with how sure their shares are, and what can be said of their difference. */
export function Variants({ report }: { report: CampaignReport }) {
  const t = texts.use();
  const locale = useLocale();
  const most = Math.max(0.01, ...report.variants.map(({ clicked }) => clicked.high));
  return (
    <>
      <Table label={t("compare.table")}>
        <thead>
          <tr>
            <Th>{t("variant")}</Th>
            <Th className="text-end">{t("sent")}</Th>
            <Th>{t("opened")}</Th>
            <Th>{t("clicked")}</Th>
          </tr>
        </thead>
        <tbody>
          {report.variants.map((variant) => (
            <Tr key={variant.name}>
              <Td>
                <span className="font-medium">{variant.name}</span> <bdi className="text-muted">{variant.subject || variant.template_name}</bdi>
              </Td>
              <Td className="text-end tabular-nums">{count(variant.sent, locale)}</Td>
              <Td className="whitespace-nowrap">
                <Interval share={variant.opened} />
              </Td>
              <Td>
                <Interval share={variant.clicked} />
                <Whisker share={variant.clicked} most={most} />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      <ul className="flex flex-col gap-1 text-sm">
        {report.comparisons.map((comparison) => (
          <li key={comparison.name}>
            <Verdict comparison={comparison} judgedAt={report.judged_at} />
          </li>
        ))}
      </ul>
      <p className="text-xs text-faint">{t("compare.how")}</p>
    </>
  );
}

const percent = (value: number, locale: string): string => new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(value);

function Interval({ share }: { share: VariantReport["clicked"] }) {
  const t = texts.use();
  const locale = useLocale();
  return (
    <span className="whitespace-nowrap tabular-nums">
      <span className="font-medium">{percent(share.share, locale)}</span> <span className="text-xs text-faint">{t("compare.between", { low: percent(share.low, locale), high: percent(share.high, locale) })}</span>
    </span>
  );
}

/** The interval, drawn: the line is where the true share likely is, the dot what was counted. */
function Whisker({ share, most }: { share: VariantReport["clicked"]; most: number }) {
  const at = (value: number): string => `${Math.min(100, (value / most) * 100)}%`;
  return (
    <span aria-hidden className="relative mt-1 block h-2 w-full min-w-24">
      <span className="absolute top-1/2 h-0.5 -translate-y-1/2 rounded-full bg-accent opacity-50" style={{ insetInlineStart: at(share.low), width: at(share.high - share.low) }} />
      <span className="absolute top-1/2 size-2 -translate-y-1/2 rounded-full bg-accent ltr:-translate-x-1/2 rtl:translate-x-1/2" style={{ insetInlineStart: at(share.share) }} />
    </span>
  );
}

/** No more than the numbers tell. */
function Verdict({ comparison, judgedAt }: { comparison: ComparisonReport; judgedAt: string | null }) {
  const t = texts.use();
  const locale = useLocale();
  const { name, against, verdict, p_value } = comparison;
  if (verdict === "too_early") {
    return judgedAt
      ? t("verdict.too_early", { name, against, time: new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(new Date(judgedAt)) })
      : t("verdict.unsent", { name, against });
  }
  const chance = p_value === null ? "" : p_value < 0.001 ? `< ${new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }).format(0.001)}` : new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }).format(p_value);
  return t(verdict === "too_few" ? "verdict.few" : `verdict.${verdict}`, { name, against, chance });
}

import type { Report } from "#shared/wire.ts";
import { useLocale } from "../../i18n/locale.ts";
import { Card } from "./card.tsx";
import { texts } from "./texts.ts";
import { useWords } from "./words.ts";

/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** When customers write: the darker, the more. */
export function Busy({ report }: { report: Report }) {
  const t = texts.use();
  const words = useWords();
  const locale = useLocale();
  if (!report.busy) return null;
  const { counts, formula } = report.busy;
  const most = Math.max(1, ...counts.flat());
  const day = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
  const hour = new Intl.DateTimeFormat(locale, { hour: "numeric", timeZone: "UTC" });
  const number = new Intl.NumberFormat(locale);
  const title = words.part("busy", "Busiest hours");
  return (
    <Card title={title} formula={words.formula("busy", formula)} report={report}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard */}
      <div role="region" aria-label={title} tabIndex={0} className="relative overflow-x-auto">
        <table className="w-full min-w-150 table-fixed border-separate border-spacing-0.5 text-xs text-faint">
          <thead>
            <tr>
              <th scope="col" className="w-12">
                <span className="sr-only">{t("busy.day")}</span>
              </th>
              {counts[0]?.map((_, at) => (
                <th key={at} scope="col" className="font-normal">
                  {at % 3 === 0 ? <span className="block overflow-visible text-start whitespace-nowrap">{hour.format(MONDAY + at * HOUR_MS)}</span> : <span className="sr-only">{hour.format(MONDAY + at * HOUR_MS)}</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {counts.map((hours, weekday) => (
              <tr key={weekday}>
                <th scope="row" className="text-start font-normal whitespace-nowrap">
                  {day.format(MONDAY + weekday * DAY_MS)}
                </th>
                {hours.map((count, at) => (
                  <td
                    key={at}
                    title={t("busy.cell", { day: day.format(MONDAY + weekday * DAY_MS), hour: hour.format(MONDAY + at * HOUR_MS), count })}
                    className="h-6 rounded-xs bg-sunken p-0"
                  >
                    <span className="block h-full rounded-xs bg-info" style={{ opacity: count === 0 ? 0 : 0.15 + (0.85 * count) / most }} aria-hidden />
                    <span className="sr-only">{number.format(count)}</span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

import { Ago } from "#ui/time.tsx";
import { useQuery } from "@tanstack/react-query";
import { useLocale } from "../../i18n/locale.ts";
import { watchQuery } from "./data.ts";
import { texts } from "./texts.ts";

const SECOND_MS = 1000;

const lasted = (ms: number, locale: string): string =>
  new Intl.NumberFormat(locale, { style: "unit", unit: ms < SECOND_MS ? "millisecond" : "second", unitDisplay: "long", maximumFractionDigits: 1 }).format(ms < SECOND_MS ? ms : ms / SECOND_MS);

/** How the segment is watched whose newcomers come in: when it was looked through, who is in it, what that costs, what is in the way. */
export function Watch({ workflow }: { workflow: number }) {
  const t = texts.use();
  const locale = useLocale();
  const watch = useQuery(watchQuery(workflow)).data?.[0];
  if (!watch) return null;
  return (
    <section aria-label={t("watch")} className="flex flex-col gap-1 rounded-sm border border-line bg-sunken px-3 py-2 text-xs text-muted">
      {watch.trouble && (
        <p role="alert" className="text-danger" dir="auto">
          {t("watch.trouble", { why: watch.trouble })}
        </p>
      )}
      {!watch.is_on ? (
        <p>{t("watch.off")}</p>
      ) : watch.is_first ? (
        <p>{t("watch.first")}</p>
      ) : (
        <>
          <p>
            {t("watch.members", { count: watch.member_count })} · {t("watch.entered", { count: watch.entered_count })}
          </p>
          {watch.looked_at && (
            <p className="text-faint">
              {t("watch.looked")} <Ago at={watch.looked_at} />. {t("watch.cost", { count: watch.contact_count.toLocaleString(locale), span: lasted(watch.took_ms, locale) })}
            </p>
          )}
        </>
      )}
    </section>
  );
}

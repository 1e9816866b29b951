import { useLocale } from "../../i18n/locale.ts";
import { count } from "./numbers.ts";
import { texts } from "./texts.ts";
import { reasonWords } from "./words.ts";

/** How many get none, and why: the most frequent reason first. */
export function Skips({ skipped, choose }: { skipped: Record<string, number>; choose?: (reason: string) => void }) {
  const t = texts.use();
  const locale = useLocale();
  const rows = Object.entries(skipped).filter(([, number]) => number > 0).sort(([, one], [, other]) => other - one);
  if (rows.length === 0) return null;
  return (
    <dl aria-label={t("skips")} className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 text-sm">
      {rows.map(([reason, number]) => (
        <div key={reason} className="contents">
          <dt className="text-end font-medium tabular-nums">{count(number, locale)}</dt>
          <dd className="text-muted">
            {choose ? (
              <button type="button" onClick={() => choose(reason)} className="rounded-xs text-start hover:text-ink hover:underline touch:py-1">
                {reasonWords(reason)}
              </button>
            ) : (
              reasonWords(reason)
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

import type { LinkReport } from "#shared/wire.ts";
import { useLocale } from "../../../i18n/locale.ts";
import { count } from "../numbers.ts";
import { texts } from "../texts.ts";

/** Which links were followed, by people and by programs. */
export function Links({ links }: { links: readonly LinkReport[] }) {
  const t = texts.use();
  const locale = useLocale();
  if (links.length === 0) return <p className="text-sm text-muted">{t("links.none")}</p>;
  const most = Math.max(1, ...links.map(({ clicked }) => clicked.human));
  return (
    <ol className="flex flex-col gap-3">
      {links.map(({ url, clicked }) => (
        <li key={url} className="flex flex-col gap-1 text-sm">
          <span className="flex items-baseline gap-3">
            <bdi dir="ltr" className="min-w-0 flex-1 truncate text-start" title={url}>
              {url.replace(/^https?:\/\//, "")}
            </bdi>
            <span className="shrink-0 tabular-nums">
              <span className="font-medium">{t("links.people", { count: clicked.human, number: count(clicked.human, locale) })}</span>
              {clicked.bot + clicked.proxy + clicked.unknown > 0 && <span className="ms-2 text-xs text-faint">{t("links.others", { number: count(clicked.bot + clicked.proxy + clicked.unknown, locale) })}</span>}
            </span>
          </span>
          <span aria-hidden className="h-1.5 overflow-hidden rounded-full bg-pressed">
            <span className="block h-full rounded-full bg-accent" style={{ width: `${(clicked.human / most) * 100}%` }} />
          </span>
        </li>
      ))}
    </ol>
  );
}

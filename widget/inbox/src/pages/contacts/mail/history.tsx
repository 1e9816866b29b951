import { full } from "#shared/time.ts";
import type { ContactConsents } from "#shared/wire.ts";
import { useLocale } from "../../../i18n/locale.ts";
import { texts } from "./texts.ts";

/** Everything that was said about mail, newest first: the proof. */
export function History({ consents: { history, topics } }: { consents: ContactConsents }) {
  const t = texts.use();
  const locale = useLocale();
  const names = new Map(topics.map(({ topic_id, topic_name }) => [topic_id, topic_name]));
  const short = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  return (
    <details className="text-sm">
      <summary className="text-muted hover:text-ink">{t("history", { count: history.length })}</summary>
      <ol className="mt-2 flex flex-col gap-2.5 border-s border-line ps-3">
        {history.map((entry, place) => (
          <li key={`${entry.created_at} ${place}`}>
            <p>
              <bdi className="font-medium">{names.get(entry.topic_id) ?? `#${entry.topic_id}`}</bdi>: {t(`state.${entry.state}`)}
            </p>
            <p className="text-xs text-muted">
              <time dateTime={entry.created_at} title={full(entry.created_at, locale)}>
                {short.format(new Date(entry.created_at))}
              </time>{" "}
              · {t(`source.${entry.source}`)}
              {entry.by_name && (
                <>
                  {" · "}
                  <bdi>{entry.by_name}</bdi>
                </>
              )}
              {entry.network && (
                <>
                  {" · "}
                  <bdi dir="ltr">{entry.network}</bdi>
                </>
              )}
            </p>
            {entry.note && (
              <p dir="auto" className="text-xs wrap-anywhere">
                “{entry.note}”
              </p>
            )}
            {entry.text && (
              <details className="text-xs text-muted">
                <summary>{t("agreed", { version: entry.text_version })}</summary>
                <p dir="auto" className="mt-1 whitespace-pre-wrap wrap-anywhere">
                  {entry.text}
                </p>
              </details>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}

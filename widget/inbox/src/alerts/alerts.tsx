import { Badge } from "#ui/badge.tsx";
import { useQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { useLocale } from "../i18n/locale.ts";
import { mailFailure } from "../i18n/mail-failure.ts";
import { useIsRole } from "../session/session.ts";
import { mailAlertsQuery, said } from "./data.ts";
import { texts } from "./texts.ts";

function useAlerts(inbox: number) {
  const isAdmin = useIsRole("admin");
  const { data = [] } = useQuery({ ...mailAlertsQuery, enabled: isAdmin });
  return data.filter(({ inbox_id }) => inbox_id === inbox);
}

/** In a word, beside an inbox. */
export function AlertBadge({ inbox }: { inbox: number }) {
  const t = texts.use();
  const alerts = useAlerts(inbox);
  if (alerts.length === 0) return null;
  const isFailing = alerts.some(({ kind }) => kind !== "silent");
  return (
    <Badge tone={isFailing ? "danger" : "warning"}>
      <TriangleAlert aria-hidden />
      {t(isFailing ? "failing" : "silent")}
    </Badge>
  );
}

/** What is wrong with an inbox, since when, and what its mail server said. */
export function AlertLines({ inbox }: { inbox: number }) {
  const locale = useLocale();
  const alerts = useAlerts(inbox);
  if (alerts.length === 0) return null;
  return (
    <ul className="flex flex-col gap-2">
      {alerts.map((alert) => (
        <li key={alert.kind} className="flex items-start gap-2 text-sm text-warning">
          <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
          <span className="min-w-0 wrap-anywhere">
            {said(alert, locale)}
            {alert.words && <bdi> ({mailFailure(alert.words)})</bdi>}
          </span>
        </li>
      ))}
    </ul>
  );
}

import type { StepMail } from "#shared/wire.ts";
import { Badge, type Tone } from "#ui/badge.tsx";
import { Eye, MousePointerClick } from "lucide-react";
import { texts, word } from "../texts.ts";
import { useWhen } from "../timeline.tsx";

const tones: Record<string, Tone> = { queued: "neutral", sending: "info", sent: "success", bounced: "danger", failed: "danger", uncertain: "warning", skipped: "neutral" };

/** What became of the mail that a step sent: how far it is, why not, and who did what with it, people apart from machines. */
export function Mail({ mail }: { mail: StepMail }) {
  const t = texts.use();
  const when = useWhen();
  const hasCome = mail.state === "sent" && mail.reason !== "bounced";
  const state = mail.state === "sent" && mail.reason === "bounced" ? "bounced" : mail.state;
  const opens = mail.opens_by_people || mail.opens;
  const clicks = mail.clicks_by_people || mail.clicks;
  return (
    <div role="group" aria-label={t("mail")} className="mt-1.5 flex flex-col gap-1 rounded-sm border border-line bg-sunken px-2.5 py-2 text-xs text-muted">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Badge tone={tones[state] ?? "neutral"}>{word("mail", state, state.replaceAll("_", " "))}</Badge>
        {mail.settled_at && <span className="text-faint">{when(mail.settled_at)}</span>}
      </p>
      {mail.reason && state !== "bounced" && <p>{word("mail-reason", mail.reason, mail.reason.replaceAll("_", " "))}</p>}
      {state === "uncertain" && <p>{t("mail.uncertain.about")}</p>}
      {(hasCome || opens > 0 || clicks > 0) && (
        <p className="flex flex-wrap gap-x-3 gap-y-1">
          <span className="flex items-center gap-1">
            <Eye className="size-3.5 text-faint" aria-hidden />
            {opens === 0 ? t("mail.opens.none") : t(mail.opens_by_people > 0 ? "mail.opens" : "mail.machine", { count: opens })}
          </span>
          {clicks > 0 && (
            <span className="flex items-center gap-1">
              <MousePointerClick className="size-3.5 text-faint" aria-hidden />
              {t(mail.clicks_by_people > 0 ? "mail.clicks" : "mail.clicks.machine", { count: clicks })}
            </span>
          )}
        </p>
      )}
    </div>
  );
}

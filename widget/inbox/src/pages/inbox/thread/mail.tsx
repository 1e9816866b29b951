import type { MessageMailView, PersonView } from "#shared/wire.ts";
import { cn } from "#ui/cn.ts";
import { Link } from "@tanstack/react-router";
import { Check, Clock, Forward, MailOpen, MailQuestion, MailX, ShieldAlert, Undo2, type LucideIcon } from "lucide-react";
import { createElement } from "react";
import { app } from "../../../i18n/app.ts";
import { mailFailure } from "../../../i18n/mail-failure.ts";
import { mayBeForwarded } from "../forward/forwarding.ts";
import { texts } from "../texts.ts";

const icons: Record<Exclude<MessageMailView["state"], "received">, LucideIcon> = { queued: Clock, sending: Clock, sent: Check, failed: MailX, bounced: MailX, uncertain: MailQuestion };
const SHOWN = 3;

const named = (people: readonly PersonView[]): string => people.map(({ name, address }) => name || address).join(", ");

/** Under a message: whom it was for as a mail, or what became of ours. */
interface MailLineProps {
  mail: MessageMailView;
  open: (message: number) => void;
  /** Takes it back, as long as it waits. */
  undo: (() => void) | undefined;
  /** Sends it on to people outside. */
  forward: (() => void) | undefined;
}

export function MailLine({ mail, open, undo, forward }: MailLineProps) {
  const t = texts.use();
  const shell = app.use();
  if (mail.state !== "received") {
    const isBad = ["failed", "bounced", "uncertain"].includes(mail.state);
    return (
      <p role={isBad ? "alert" : undefined} className={cn("flex max-w-full items-start gap-1 px-1 text-xs", isBad ? "text-danger" : "text-faint")}>
        {createElement(icons[mail.state], { className: "mt-px size-3.5 shrink-0", "aria-hidden": true })}
        <span className="min-w-0 wrap-anywhere">
          {t(mail.state === "queued" && mail.leaves_at && !mail.reason ? "mail.leaving" : `mail.${mail.state}`, { to: named(mail.to) })}
          {mail.reason && <bdi> ({mailFailure(mail.reason)})</bdi>}
        </span>
        {mail.state === "queued" && undo && (
          <button type="button" onClick={undo} className="ms-1 inline-flex items-center gap-1 rounded-xs font-medium text-accent-text hover:underline touch:py-1.5">
            <Undo2 className="size-3.5" aria-hidden />
            {shell("undo")}
          </button>
        )}
        {forward && mayBeForwarded(mail) && <ForwardButton forward={forward} />}
      </p>
    );
  }
  const others = mail.cc.length > 0 && t("mail.cc", { people: named(mail.cc.slice(0, SHOWN)) + (mail.cc.length > SHOWN ? ` +${mail.cc.length - SHOWN}` : "") });
  return (
    <p className="flex max-w-full flex-wrap items-center gap-x-3 gap-y-1 px-1 text-xs text-faint">
      <bdi dir="ltr" className="wrap-anywhere">
        {mail.sender?.address}
      </bdi>
      {mail.is_verified === false && (
        <span className="inline-flex items-center gap-1 text-warning" title={t("mail.unverified.why")}>
          <ShieldAlert className="size-3.5" aria-hidden />
          {t("mail.unverified")}
        </span>
      )}
      {mail.about && (
        <Link to="/inbox/$conversation" params={{ conversation: String(mail.about.conversation_id) }} className="font-medium text-accent-text hover:underline touch:py-1.5">
          {t("mail.about", { number: String(mail.about.number) })}
        </Link>
      )}
      {others && <span className="wrap-anywhere">{others}</span>}
      <button type="button" onClick={() => open(mail.message_id)} className="inline-flex items-center gap-1 rounded-xs hover:text-ink touch:py-1.5">
        <MailOpen className="size-3.5" aria-hidden />
        {t(mail.hidden ? "mail.open.more" : "mail.open")}
      </button>
      {forward && <ForwardButton forward={forward} />}
    </p>
  );
}

function ForwardButton({ forward }: { forward: () => void }) {
  const t = texts.use();
  return (
    <button type="button" onClick={forward} className="ms-1 inline-flex items-center gap-1 rounded-xs text-faint hover:text-ink touch:py-1.5">
      <Forward className="size-3.5 rtl:-scale-x-100" aria-hidden />
      {t("forward")}
    </button>
  );
}

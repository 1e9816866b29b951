import { Segmented } from "#ui/choice.tsx";
import { cn } from "#ui/cn.ts";
import { SandboxedPage } from "#ui/sandboxed-page.tsx";
import { Monitor, Smartphone, Type } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useFramed } from "./frame.ts";
import { texts } from "./texts.ts";

type View = "desktop" | "phone" | "text";

interface LookProps {
  mail: { subject: string; preheader: string; html: string; text: string };
  /** Beside the choice of the view. */
  end?: ReactNode;
  className?: string;
}

/** A mail as whoever gets it sees it: in a list of mails, on a desk, on a phone, as plain text. */
export function MailLook({ mail, end, className }: LookProps) {
  const t = texts.use();
  const [view, setView] = useState<View>("desktop");
  const page = useFramed(mail.html);
  return (
    <div className={cn("flex min-h-0 flex-1 flex-col", className)}>
      <div className="flex flex-wrap items-center justify-between gap-2 border-b border-line px-3 py-2">
        <Segmented
          aria-label={t("view")}
          value={view}
          onChange={setView}
          options={[
            { value: "desktop", label: t("view.desktop"), icon: <Monitor aria-hidden /> },
            { value: "phone", label: t("view.phone"), icon: <Smartphone aria-hidden /> },
            { value: "text", label: t("view.text"), icon: <Type aria-hidden /> },
          ]}
        />
        {end}
      </div>
      <p className="truncate border-b border-line bg-pane px-4 py-2 text-sm" title={t("view.line")}>
        <bdi className="font-semibold">{mail.subject || t("subject.none")}</bdi>
        {mail.preheader && <bdi className="text-muted"> — {mail.preheader}</bdi>}
      </p>
      <div className="flex min-h-0 flex-1 justify-center overflow-hidden bg-sunken">
        {view === "text" ? (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard
          <pre dir="auto" tabIndex={0} className="w-full overflow-auto p-4 font-mono text-xs wrap-anywhere whitespace-pre-wrap">
            {mail.text}
          </pre>
        ) : (
          <SandboxedPage title={t("view.frame")} page={page} className={cn("h-full border-line", view === "phone" ? "w-[375px] max-w-full border-x" : "w-full")} />
        )}
      </div>
    </div>
  );
}

import { cn } from "#ui/cn.ts";
import { Link } from "@tanstack/react-router";
import { app } from "../../i18n/app.ts";
import { useBeside } from "./beside.ts";
import { texts } from "./texts.ts";

/** The pages of mail to many, beside each other. Nothing where templates are the only one. */
export function MailingTabs({ className }: { className?: string }) {
  const t = texts.use();
  const shell = app.use();
  const beside = useBeside();
  if (beside.length === 0) return null;
  const tabs = [...beside.map(({ to, label }) => ({ to, label: label() })), { to: "/campaigns/templates", label: shell("page.templates") }];
  return (
    <nav aria-label={t("tabs")} className={cn("flex shrink-0 gap-4 overflow-x-auto border-b border-line px-4", className)}>
      {tabs.map(({ to, label }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: true, includeSearch: false }}
          className="-mb-px inline-flex h-9 shrink-0 items-center border-b-2 border-transparent text-sm font-medium text-muted transition-colors hover:text-ink focus-visible:-outline-offset-2 touch:h-11 aria-[current=page]:border-accent-text aria-[current=page]:text-ink"
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}

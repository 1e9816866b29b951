import { RotateCw, TriangleAlert, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { app } from "../i18n/app.ts";
import { Button } from "./button.tsx";
import { cn } from "./cn.ts";

interface StateProps {
  icon?: LucideIcon;
  title: string;
  text?: ReactNode;
  /** The next step, as a button or link. */
  action?: ReactNode;
  className?: string;
}

/** What a pane without content shows: what would be here, and the step that fills it. */
export function EmptyState({ icon: Icon, title, text, action, className }: StateProps) {
  return (
    <div className={cn("m-auto flex max-w-sm flex-col items-center px-6 py-12 text-center", className)}>
      {Icon && (
        <span className="mb-4 flex size-10 items-center justify-center rounded-md border border-line bg-pane text-faint">
          <Icon className="size-5" strokeWidth={1.75} aria-hidden />
        </span>
      )}
      <h2 className="text-base font-semibold text-ink">{title}</h2>
      {text && <p className="mt-1 text-sm text-balance text-muted">{text}</p>}
      {action && <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

interface ErrorStateProps {
  /** What did not work: "Contacts could not be loaded". */
  title?: string;
  /** Why, when known, and what to do. */
  text?: ReactNode;
  retry?: () => void;
  busy?: boolean;
  /** For the curious and for support. */
  details?: string | undefined;
  className?: string;
}

export function ErrorState({ title, text, retry, busy = false, details, className }: ErrorStateProps) {
  const t = app.use();
  return (
    <div role="alert" className={cn("m-auto flex max-w-sm flex-col items-center px-6 py-12 text-center", className)}>
      <span className="mb-4 flex size-10 items-center justify-center rounded-md bg-danger-soft text-danger">
        <TriangleAlert className="size-5" strokeWidth={1.75} aria-hidden />
      </span>
      <h2 className="text-base font-semibold text-ink">{title ?? t("error.title")}</h2>
      {text && <p className="mt-1 text-sm text-balance text-muted">{text}</p>}
      {retry && (
        <Button className="mt-4" onClick={retry} busy={busy}>
          <RotateCw aria-hidden />
          {t("retry")}
        </Button>
      )}
      {details && (
        <details className="mt-4 w-full text-start text-xs text-faint">
          <summary className="text-center">{t("error.details")}</summary>
          <pre dir="ltr" className="mt-2 max-h-40 overflow-auto rounded-sm border border-line bg-sunken p-2 font-mono whitespace-pre-wrap">
            {details}
          </pre>
        </details>
      )}
    </div>
  );
}

import { cn } from "#ui/cn.ts";
import { Check, CircleAlert, X } from "lucide-react";
import type { ComponentProps } from "react";
import { StepIcon, TriggerIcon } from "./look.tsx";
import { texts } from "./texts.ts";
import type { Words } from "./use-summary.ts";

/** What became of a step for somebody who is followed. */
export type Mark = "done" | "here" | "failed";

interface StepCardProps extends ComponentProps<"button"> {
  /** The type of the step; none: what starts the workflow. */
  kind: string;
  isTrigger?: boolean;
  words: Words;
  problems?: number;
  /** How many stand there now, or came there. */
  here?: number;
  counted?: "here" | "came" | undefined;
  mark?: Mark | undefined;
  isOpen?: boolean;
}

/** A step as a button: on the canvas and in the list. */
export function StepCard({ kind, isTrigger = false, words: { title, summary }, problems = 0, here = 0, counted = "here", mark, isOpen = false, className, ...props }: StepCardProps) {
  const t = texts.use();
  return (
    <button
      type="button"
      aria-current={isOpen ? "step" : undefined}
      className={cn(
        "group flex min-h-16 w-full items-center gap-3 rounded-md border border-line bg-pane px-3 text-start shadow-[0_1px_2px_rgb(20_20_40/0.05)] transition-colors hover:border-line-control dark:bg-raised",
        isOpen && "border-accent-text shadow-[0_0_0_1px_var(--accent-text)] hover:border-accent-text",
        problems > 0 && !isOpen && "border-danger hover:border-danger",
        mark === "here" && "border-accent-text shadow-[0_0_0_3px_var(--accent-soft)]",
        className,
      )}
      {...props}
    >
      {isTrigger ? <TriggerIcon type={kind} /> : <StepIcon type={kind} />}
      <span className="min-w-0 flex-1">
        {isTrigger && <span className="block text-[11px] leading-4 font-medium text-accent-text">{t("trigger")}</span>}
        <span className="block truncate text-sm font-semibold text-ink">
          <bdi>{title}</bdi>
        </span>
        {summary && (
          <span className="block truncate text-xs text-muted">
            <bdi>{summary}</bdi>
          </span>
        )}
      </span>
      {problems > 0 && (
        <span className="inline-flex shrink-0 items-center gap-1 text-xs font-medium text-danger">
          <CircleAlert className="size-4" aria-hidden />
          <span className="sr-only">{t("problems.count", { count: problems })}</span>
        </span>
      )}
      {mark !== undefined && mark !== "here" && (
        <span className={cn("inline-flex size-5 shrink-0 items-center justify-center rounded-full", mark === "done" ? "bg-success-soft text-success" : "bg-danger-soft text-danger")}>
          {mark === "done" ? <Check className="size-3" strokeWidth={3} aria-hidden /> : <X className="size-3" strokeWidth={3} aria-hidden />}
          <span className="sr-only">{t(`mark.${mark}`)}</span>
        </span>
      )}
      {here > 0 && (
        <span className="inline-flex h-6 shrink-0 items-center gap-1.5 rounded-full bg-accent-soft px-2 text-xs font-semibold text-accent-text tabular-nums">
          {counted === "here" && <span className="size-1.5 rounded-full bg-accent" aria-hidden />}
          <span aria-hidden>{here.toLocaleString()}</span>
          <span className="sr-only">{t(counted, { count: here })}</span>
        </span>
      )}
    </button>
  );
}

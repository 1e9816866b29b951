import type { StepTaken } from "#shared/wire.ts";
import { clock, day } from "#shared/time.ts";
import { Badge } from "#ui/badge.tsx";
import type { ReactNode } from "react";
import { useLocale } from "../../i18n/locale.ts";
import { StepIcon } from "./look.tsx";
import { texts, word } from "./texts.ts";

type Taken = Pick<StepTaken, "kind" | "branch" | "status"> & { why: string };

const statusTones = { passed: "neutral", begun: "info", again: "warning", done: "success", skipped: "neutral", failed: "danger", uncertain: "warning" } as const;

/** "Today, 14:05". */
export function useWhen(): (at: string) => string {
  const locale = useLocale();
  return (at) => `${day(at, locale)}, ${clock(at, locale)}`;
}

/** The way of somebody, from above. */
export function Timeline({ children }: { children: ReactNode }) {
  const t = texts.use();
  return (
    <ol aria-label={t("run.steps")} className="relative flex flex-col gap-4 before:absolute before:inset-y-3 before:start-[15px] before:w-px before:bg-line">
      {children}
    </ol>
  );
}

export const Dot = ({ tone = "plain", children }: { tone?: "plain" | "here"; children: ReactNode }) => (
  <span className={tone === "here" ? "inline-flex size-8 shrink-0 items-center justify-center rounded-full bg-accent text-accent-on shadow-[0_0_0_4px_var(--accent-soft)]" : "inline-flex size-8 shrink-0 items-center justify-center rounded-full border border-line bg-pane text-muted"}>{children}</span>
);

/** A step that was taken: when, which way, what became of it, and why. */
export function Step({ step, title, at, more }: { step: Taken; title: string; at: string; more?: ReactNode }) {
  const t = texts.use();
  return (
    <Line
      icon={<StepIcon type={step.kind} className="size-8 rounded-full ring-3 ring-pane" />}
      title={title}
      at={at}
      detail={more === undefined && step.why}
      more={more}
      end={
        <>
          {step.branch && <Badge tone="outline">{word("way", step.branch, step.branch.replaceAll("_", " "))}</Badge>}
          {step.status !== "passed" && <Badge tone={statusTones[step.status]}>{t(`taken.${step.status}`)}</Badge>}
        </>
      }
    />
  );
}

interface LineProps {
  icon: ReactNode;
  title: string;
  at: string;
  detail?: string | false | undefined;
  end?: ReactNode;
  more?: ReactNode;
  isNow?: boolean;
}

/** One moment of a way. */
export function Line({ icon, title, at, detail, end, more, isNow = false }: LineProps) {
  return (
    <li className="relative flex gap-3" aria-current={isNow ? "step" : undefined}>
      {icon}
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <p dir="auto" className="min-w-0 text-sm font-medium wrap-anywhere">
            {title}
          </p>
          {end}
        </div>
        <p className="text-xs text-faint">{at}</p>
        {detail && (
          <p dir="auto" className="mt-0.5 text-xs text-muted wrap-anywhere">
            {detail}
          </p>
        )}
        {more}
      </div>
    </li>
  );
}

import type { Candidate } from "#shared/wire.ts";
import { Badge } from "#ui/badge.tsx";
import { cn } from "#ui/cn.ts";
import { plainLine } from "#ui/plain-line.ts";
import { Link } from "@tanstack/react-router";
import { BookOpen, Pencil } from "lucide-react";
import { useLocale } from "../../../i18n/locale.ts";
import { useIsRole } from "../../../session/session.ts";
import { texts } from "../texts.ts";
import { signalText } from "./reasons.ts";

/** What the confidence was computed from. */
export function Signals({ signals }: { signals: Readonly<Record<string, number>> }) {
  const number = new Intl.NumberFormat(useLocale(), { maximumFractionDigits: 2 });
  return (
    <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-0.5 text-xs">
      {Object.entries(signals).map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{signalText(name)}</dt>
          <dd className="text-end tabular-nums">{number.format(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** How sure the AI agent was, and how sure it had to be. */
export function Confidence({ value, threshold }: { value: number; threshold: number }) {
  const t = texts.use();
  const locale = useLocale();
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const isEnough = value >= threshold;
  return (
    <div>
      <p className="flex items-baseline justify-between gap-2">
        <span>{t("receipt.confidence")}</span>
        <span className={cn("font-semibold tabular-nums", isEnough ? "text-success" : "text-warning")}>{percent.format(value)}</span>
      </p>
      <div className="relative mt-1.5 h-2 rounded-full bg-pressed" role="meter" aria-label={t("receipt.confidence")} aria-valuemin={0} aria-valuemax={1} aria-valuenow={value}>
        <div className={cn("h-full rounded-full", isEnough ? "bg-success" : "bg-warning")} style={{ width: `${value * 100}%` }} />
        <span className="absolute -inset-y-1 w-0.5 rounded-full bg-ink" style={{ insetInlineStart: `${threshold * 100}%` }} />
      </div>
      <p className="mt-1 text-xs text-faint">{t("receipt.threshold", { threshold: percent.format(threshold) })}</p>
    </div>
  );
}

/** A passage that was found, with the way to its article. */
export function Passage({ passage }: { passage: Candidate }) {
  const t = texts.use();
  const locale = useLocale();
  const mayWrite = useIsRole("admin", "user");
  return (
    <li className={cn("rounded-sm border p-2.5", passage.quoted ? "border-ai bg-ai-soft" : "border-line")}>
      <p className="flex items-baseline gap-2">
        <Link to="/knowledge" search={{ article: passage.article_id }} dir="auto" className="min-w-0 flex-1 truncate font-medium underline-offset-2 rtl:text-right hover:underline">
          <bdi>{passage.title}</bdi>
          {passage.heading && (
            <span className="font-normal text-muted">
              {" · "}
              <bdi>{passage.heading}</bdi>
            </span>
          )}
        </Link>
        <span className="shrink-0 text-xs text-muted tabular-nums" title={t("receipt.score")}>
          {new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(passage.score)}
        </span>
      </p>
      <p dir="auto" className="mt-1 line-clamp-4 text-muted">
        {plainLine(passage.excerpt)}
      </p>
      {(passage.quoted || passage.audience === "internal") && (
        <p className="mt-1.5 flex flex-wrap items-center gap-1.5">
          {passage.quoted && <Badge tone="ai">{t("receipt.quoted")}</Badge>}
          {passage.audience === "internal" && <Badge tone="warning">{t("receipt.internal")}</Badge>}
          {passage.quoted && (
            <Link
              to="/knowledge"
              search={{ article: passage.article_id }}
              className="ms-auto inline-flex items-center gap-1 text-xs font-medium text-accent-text underline underline-offset-2 touch:py-2"
            >
              {mayWrite ? <Pencil className="size-3" aria-hidden /> : <BookOpen className="size-3" aria-hidden />}
              {t(mayWrite ? "receipt.fix" : "receipt.read")}
            </Link>
          )}
        </p>
      )}
    </li>
  );
}

import type { Candidate, Receipt as ReceiptView } from "#shared/wire.ts";
import { Badge, type Tone } from "#ui/badge.tsx";
import { cn } from "#ui/cn.ts";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { plainLine } from "#ui/plain-line.ts";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ReceiptText } from "lucide-react";
import { useLocale } from "../../../i18n/locale.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { decisionsQuery } from "../decisions.ts";
import { texts } from "../texts.ts";
import { detailText, reasonText, signalText } from "./reasons.ts";

const tones: Record<ReceiptView["outcome"], Tone> = { answered: "success", clarified: "info", handed_off: "warning", discarded: "neutral" };

interface ReceiptProps {
  conversation: number;
  decision: number;
  close: () => void;
}

/** Why the AI agent did what it did: how sure it was, what it was asked, and what it found. */
export default function Receipt({ conversation, decision, close }: ReceiptProps) {
  const t = texts.use();
  const { data, error, isPending, isFetching, refetch } = useQuery(decisionsQuery(conversation));
  const receipt = data?.find(({ id }) => id === decision);
  return (
    <Dialog open onOpenChange={close}>
      <DialogContent place="end" title={t("receipt")} text={t("receipt.text")}>
        {receipt ? (
          <Body receipt={receipt} />
        ) : isPending ? (
          <SkeletonRows avatar={false} rows={4} />
        ) : error ? (
          <ErrorState title={t("receipt.error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} />
        ) : (
          <EmptyState icon={ReceiptText} title={t("receipt.none")} />
        )}
      </DialogContent>
    </Dialog>
  );
}

function Body({ receipt }: { receipt: ReceiptView }) {
  const t = texts.use();
  const locale = useLocale();
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const whole = new Intl.NumberFormat(locale);
  const price = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 5 });
  const signals = Object.entries(receipt.signals);
  return (
    <div className="flex flex-col gap-5 text-sm">
      <section className="flex flex-col gap-2">
        <p className="flex flex-wrap items-center gap-2">
          <Badge tone={tones[receipt.outcome]}>{t(`outcome.${receipt.outcome}`)}</Badge>
          <span className="text-muted">{reasonText(receipt.reason)}</span>
        </p>
        {receipt.detail && (
          <p dir="auto" className="text-muted">
            {detailText(receipt)}
          </p>
        )}
        {receipt.trouble && (
          <p dir="auto" className="text-muted">
            {receipt.trouble}
          </p>
        )}
        {receipt.confidence !== null && <Confidence value={receipt.confidence} threshold={receipt.threshold} />}
      </section>
      {receipt.question && (
        <section>
          <h3 className="mb-1 text-xs font-semibold text-muted">{t("receipt.question")}</h3>
          <blockquote dir="auto" className="border-s-2 border-line-strong ps-3">
            {receipt.question}
          </blockquote>
        </section>
      )}
      <section>
        <h3 className="mb-1.5 text-xs font-semibold text-muted">{t("receipt.passages", { count: receipt.passages.length })}</h3>
        <ul className="flex flex-col gap-2">
          {receipt.passages.map((passage, index) => (
            <Passage key={index} passage={passage} score={number.format(passage.score)} />
          ))}
        </ul>
      </section>
      {signals.length > 0 && (
        <section>
          <h3 className="mb-1 text-xs font-semibold text-muted">{t("receipt.signals")}</h3>
          <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-0.5 text-xs">
            {signals.map(([name, value]) => (
              <div key={name} className="contents">
                <dt className="text-muted">{signalText(name)}</dt>
                <dd className="text-end tabular-nums">{number.format(value)}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <p className="text-xs text-faint">
        {t("receipt.model", { model: receipt.model, ms: receipt.latency_ms })}
        {receipt.tokens_in > 0 && ` · ${t("receipt.tokens", { in: whole.format(receipt.tokens_in), out: whole.format(receipt.tokens_out) })}`}
        {receipt.cost > 0 && ` · ${price.format(receipt.cost)}`}
      </p>
    </div>
  );
}

function Confidence({ value, threshold }: { value: number; threshold: number }) {
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

function Passage({ passage, score }: { passage: Candidate; score: string }) {
  const t = texts.use();
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
          {score}
        </span>
      </p>
      <p dir="auto" className="mt-1 line-clamp-4 text-muted">
        {plainLine(passage.excerpt)}
      </p>
      {(passage.quoted || passage.audience === "internal") && (
        <p className="mt-1.5 flex gap-1.5">
          {passage.quoted && <Badge tone="ai">{t("receipt.quoted")}</Badge>}
          {passage.audience === "internal" && <Badge tone="warning">{t("receipt.internal")}</Badge>}
        </p>
      )}
    </li>
  );
}

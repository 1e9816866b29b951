import type { Receipt as ReceiptView } from "#shared/wire.ts";
import { Badge, type Tone } from "#ui/badge.tsx";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { Markdown } from "#ui/markdown.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { useQuery } from "@tanstack/react-query";
import { ReceiptText } from "lucide-react";
import { useLocale } from "../../../i18n/locale.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { MayReview, Verdict } from "../../ai/verdict.tsx";
import { decisionsQuery } from "../decisions.ts";
import { texts } from "../texts.ts";
import { Confidence, Passage, Signals } from "./receipt-parts.tsx";
import { detailText, reasonText } from "./reasons.ts";

const tones: Record<ReceiptView["outcome"], Tone> = { answered: "success", clarified: "info", handed_off: "warning", suggested: "ai", discarded: "neutral" };

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
      <DialogContent
        place="end"
        title={t("receipt")}
        text={t("receipt.text")}
        // The first Escape leaves the field, and what is written in it, alone.
        onEscapeKeyDown={(event) => {
          if (event.target instanceof HTMLTextAreaElement) event.preventDefault();
        }}
      >
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
  const whole = new Intl.NumberFormat(locale);
  const price = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 5 });
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
            <Passage key={index} passage={passage} />
          ))}
        </ul>
      </section>
      {receipt.draft && receipt.confidence !== null && (
        <MayReview>
          {receipt.outcome !== "answered" && (
            <section>
              <h3 className="mb-1 text-xs font-semibold text-muted">{t("receipt.draft")}</h3>
              <blockquote className="border-s-2 border-line-strong ps-3">
                <Markdown text={receipt.draft} />
              </blockquote>
            </section>
          )}
          <Verdict receipt={receipt} />
        </MayReview>
      )}
      {Object.keys(receipt.signals).length > 0 && (
        <section>
          <h3 className="mb-1 text-xs font-semibold text-muted">{t("receipt.signals")}</h3>
          <Signals signals={receipt.signals} />
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

import type { WritingEstimate, WritingInput } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Select } from "#ui/select.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { ErrorState } from "#ui/states.tsx";
import { useQuery } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { useState } from "react";
import { app } from "../../../i18n/app.ts";
import { useLocale } from "../../../i18n/locale.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { estimateQuery, startWriting } from "./data.ts";
import { texts } from "./texts.ts";

const choices = ["20", "50", "100"] as const;
type Choice = (typeof choices)[number];

interface TryWritingProps {
  /** As they stand in the form, saved or not. */
  values: Omit<WritingInput, "last">;
  close: () => void;
}

/** What it takes to try a language model or instructions on questions of the past, and on how many. */
export default function TryWriting({ values, close }: TryWritingProps) {
  const t = texts.use();
  const shell = app.use();
  const { data, error, isFetching, refetch } = useQuery(estimateQuery);
  const [choice, setChoice] = useState<Choice>("20");
  const [busy, setBusy] = useState(false);
  const start = async (): Promise<void> => {
    setBusy(true);
    const begun = await startWriting({ ...values, last: Number(choice) });
    setBusy(false);
    if (begun) close();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && close()}>
      <DialogContent
        title={t("writing.try")}
        text={t("writing.try.text")}
        footer={
          <>
            <Button onClick={close}>{shell("cancel")}</Button>
            <Button variant="primary" busy={busy} disabled={!data?.questions} onClick={() => void start()}>
              <Play aria-hidden />
              {t("writing.start")}
            </Button>
          </>
        }
      >
        {data ? (
          <div className="flex flex-col gap-4">
            <Field label={t("article.questions")}>
              {(ids) => <Select {...ids} value={choice} onChange={setChoice} options={choices.map((each) => ({ value: each, label: t("article.last", { count: Number(each) }) }))} />}
            </Field>
            <Estimate estimate={data} count={Math.min(Number(choice), data.questions)} values={values} />
          </div>
        ) : error ? (
          <ErrorState title={t("writing.error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} />
        ) : (
          <SkeletonRows avatar={false} />
        )}
      </DialogContent>
    </Dialog>
  );
}

function Estimate({ estimate, count, values }: { estimate: WritingEstimate; count: number; values: TryWritingProps["values"] }) {
  const t = texts.use();
  const locale = useLocale();
  const whole = new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 });
  const price = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 4 });
  const { questions, tokens_in, tokens_out, decisions, left } = estimate;
  const tokens = count * (tokens_in + tokens_out);
  const cost = (count * (tokens_in * values.price_in + tokens_out * values.price_out)) / 1e6;
  if (questions === 0) return <p className="text-sm text-muted">{t("writing.none")}</p>;
  return (
    <>
      <dl className="grid grid-cols-3 gap-2 text-sm [&_dd]:text-lg [&_dd]:font-semibold [&_dd]:tabular-nums [&_dt]:text-xs [&_dt]:text-muted">
        <div>
          <dt>{t("writing.questions")}</dt>
          <dd>{count}</dd>
        </div>
        <div>
          <dt>{t("writing.tokens")}</dt>
          <dd>{whole.format(tokens)}</dd>
        </div>
        <div>
          <dt>{t("writing.cost")}</dt>
          <dd>{cost > 0 ? price.format(cost) : "–"}</dd>
        </div>
      </dl>
      <p className="text-xs text-muted">{decisions > 0 ? t("writing.average", { count: decisions }) : t("writing.guess", { read: tokens_in, written: tokens_out })}</p>
      {left !== null && <p className={tokens > left ? "text-sm text-warning" : "text-xs text-muted"}>{t(tokens > left ? "writing.short" : "writing.left", { left: whole.format(left) })}</p>}
    </>
  );
}

import type { Share, ThresholdCase, ThresholdView } from "#shared/wire.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Markdown } from "#ui/markdown.tsx";
import { plainLine } from "#ui/plain-line.ts";
import { Select } from "#ui/select.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { Ago } from "#ui/time.tsx";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { SlidersHorizontal, TriangleAlert } from "lucide-react";
import { useId, useState } from "react";
import { useLocale } from "../../../i18n/locale.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { useIsRole } from "../../../session/session.ts";
import { useSettled } from "../../../use-settled.ts";
import { setThreshold, thresholdQuery } from "./data.ts";
import { Histogram } from "./histogram.tsx";
import { texts } from "./texts.ts";

const LASTS = ["100", "500", "1000"] as const;
/** Thresholds nearer to each other than this are the same one. */
const SAME = 0.004;

/** Another threshold on the last decisions: moved by hand, with what comes of it at once. */
export function Threshold() {
  const t = texts.use();
  const locale = useLocale();
  const slider = useId();
  const title = useId();
  const [last, setLast] = useState<(typeof LASTS)[number]>("1000");
  const [moved, setMoved] = useState<number>();
  const { data, error, isFetching, refetch } = useQuery(thresholdQuery(useSettled(moved), Number(last)));
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  if (!data) return error ? <ErrorState title={t("threshold.error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} /> : <SkeletonRows avatar={false} />;
  const value = moved ?? data.in_force;
  const isChanged = Math.abs(value - data.in_force) > SAME;
  return (
    <section aria-labelledby={title} className="flex flex-col gap-4 rounded-md border border-line bg-pane p-4">
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <h2 id={title} className="text-base font-semibold">
            {t("threshold")}
          </h2>
          <p className="max-w-140 text-sm text-muted">{t("threshold.text")}</p>
        </div>
        <Select
          aria-label={t("threshold.last")}
          value={last}
          onChange={setLast}
          className="w-auto"
          options={LASTS.map((each) => ({ value: each, label: t("threshold.last.option", { count: Number(each) }) }))}
        />
      </header>
      {data.n === 0 ? (
        <EmptyState icon={SlidersHorizontal} title={t("threshold.empty.title")} text={t("threshold.empty.text")} />
      ) : (
        <>
          <div>
            <label htmlFor={slider} className="text-sm font-medium">
              {t("threshold.label", { value: percent.format(value) })}
            </label>
            {/* From 0 to 1 like the drawing above it, whichever way the page reads. */}
            <div dir="ltr" className="mt-2">
              <Histogram bins={data.bins} value={value} inForce={data.in_force} />
              <input
                id={slider}
                type="range"
                min={0}
                max={1}
                step={0.01}
                value={value}
                aria-valuetext={percent.format(value)}
                onChange={(event) => setMoved(Number(event.target.value))}
                className="h-6 w-full accent-(--accent) touch:h-10"
              />
            </div>
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted">
              <span>{t("threshold.now", { value: percent.format(data.in_force) })}</span>
              {data.since && (
                <span>
                  {t("threshold.since", { count: data.n })} <Ago at={data.since} />
                </span>
              )}
            </p>
          </div>
          <Fates data={data} />
          {data.raised_to !== null && value < data.raised_to && (
            <p className="flex gap-2 rounded-sm bg-warning-soft p-3 text-sm text-warning">
              <TriangleAlert className="size-4 shrink-0 translate-y-0.5" aria-hidden />
              {t("threshold.raised", { value: percent.format(data.raised_to) })}
            </p>
          )}
          <Use value={value} isChanged={isChanged} asked={data.asked} reset={() => setMoved(undefined)} />
          <Cases data={data} />
        </>
      )}
    </section>
  );
}

function Fates({ data }: { data: ThresholdView }) {
  const t = texts.use();
  const locale = useLocale();
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const whole = new Intl.NumberFormat(locale);
  const signed = new Intl.NumberFormat(locale, { signDisplay: "exceptZero" });
  const share = (part: Share): string => `${whole.format(part.n)} · ${percent.format(data.n ? part.n / data.n : 0)}`;
  const said = (part: Share): string => (part.reviewed ? t("threshold.said", { right: part.right, count: part.reviewed }) : t("threshold.unsaid"));
  const figures = [
    [t("threshold.answered"), share(data.answered), said(data.answered)],
    [t("threshold.held"), share(data.held_back), said(data.held_back)],
    [t("threshold.turned"), signed.format(data.gained - data.lost), t("threshold.turned.text", { gained: whole.format(data.gained), lost: whole.format(data.lost) })],
    [
      t("threshold.precision"),
      data.precision === null ? "–" : percent.format(data.precision),
      data.precision === null || data.lower === null ? t("threshold.unsaid") : t("threshold.lower", { lower: percent.format(data.lower) }),
    ],
  ] as const;
  return (
    <dl aria-live="polite" className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
      {figures.map(([label, value, text]) => (
        <div key={label} className="rounded-md border border-line px-4 py-3">
          <dt className="text-sm text-muted">{label}</dt>
          <dd className="mt-1 text-xl font-semibold tabular-nums">
            <bdi>{value}</bdi>
          </dd>
          <dd className="mt-0.5 text-xs text-muted">{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function Use({ value, isChanged, asked, reset }: { value: number; isChanged: boolean; asked: number; reset: () => void }) {
  const t = texts.use();
  const mayChange = useIsRole("admin");
  const [busy, setBusy] = useState(false);
  const percent = new Intl.NumberFormat(useLocale(), { style: "percent", maximumFractionDigits: 0 });
  if (!isChanged) return null;
  const save = async (): Promise<void> => {
    setBusy(true);
    await setThreshold(value);
    setBusy(false);
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      {mayChange && Math.abs(value - asked) > SAME && (
        <Button variant="primary" onClick={() => void save()} busy={busy}>
          {t("threshold.use", { value: percent.format(value) })}
        </Button>
      )}
      <Button onClick={reset}>{t("threshold.reset")}</Button>
      {!mayChange && <p className="text-sm text-muted">{t("threshold.admin")}</p>}
    </div>
  );
}

function Cases({ data: { cases, hidden, value } }: { data: ThresholdView }) {
  const t = texts.use();
  if (cases.length + hidden === 0) return null;
  return (
    <div>
      <h3 className="mb-1 text-sm font-semibold">{t("threshold.cases")}</h3>
      <ul aria-label={t("threshold.cases")} className="divide-y divide-line">
        {cases.map((each) => (
          <li key={each.decision_id}>
            <Case decided={each} isAnswered={each.confidence >= value} />
          </li>
        ))}
      </ul>
      {hidden > 0 && <p className="mt-2 text-xs text-muted">{t("threshold.hidden", { count: hidden })}</p>}
    </div>
  );
}

function Case({ decided, isAnswered }: { decided: ThresholdCase; isAnswered: boolean }) {
  const t = texts.use();
  const percent = new Intl.NumberFormat(useLocale(), { style: "percent", maximumFractionDigits: 0 });
  const { question, draft, confidence, outcome, is_right, conversation_id, number } = decided;
  return (
    <details className="py-2 text-sm">
      <summary className="cursor-pointer rounded-xs py-1 wrap-anywhere touch:py-2">
        <Badge tone={isAnswered ? "success" : "warning"}>{t(isAnswered ? "case.gained" : "case.lost")}</Badge> <bdi className="font-medium">{plainLine(question)}</bdi>{" "}
        <span className="text-xs whitespace-nowrap text-muted">{t("case.sure", { confidence: percent.format(confidence) })}</span>
      </summary>
      <dl className="mt-1 flex flex-col gap-2 ps-4">
        <div>
          <dt className="text-xs text-muted">{t("case.then")}</dt>
          <dd>
            {t(outcome === "answered" ? "case.answered" : outcome === "clarified" ? "case.asked_back" : "case.handed_over")}{" "}
            <Link to="/inbox/$conversation" params={{ conversation: String(conversation_id) }} search={{}} className="text-xs whitespace-nowrap text-accent-text hover:underline">
              <span dir="ltr">#{number}</span>
            </Link>
          </dd>
        </div>
        <div>
          <dt className="text-xs text-muted">{t(isAnswered ? "case.would" : "case.would_not")}</dt>
          <dd className="max-w-160">
            <Markdown text={draft} />
          </dd>
        </div>
        {is_right !== null && (
          <div>
            <dt className="sr-only">{t("case.review")}</dt>
            <dd>
              <Badge tone={is_right ? "success" : "danger"}>{t(is_right ? "case.right" : "case.wrong")}</Badge>
            </dd>
          </div>
        )}
      </dl>
    </details>
  );
}

import type { TrainingView, TuningPage, TuningView } from "#shared/wire.ts";
import { Badge, type Tone } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Choice, Switch } from "#ui/choice.tsx";
import { confirm } from "#ui/confirm.ts";
import { Field, Input } from "#ui/field.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { ErrorState } from "#ui/states.tsx";
import { Ago } from "#ui/time.tsx";
import { toast } from "#ui/toast.tsx";
import { useQuery } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { useState } from "react";
import { useLocale } from "../../../i18n/locale.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { Card } from "./card.tsx";
import { cancelTuning, chooseTuning, isUnderWay, keepPlan, startTuning, tuningQuery } from "./data.ts";
import { texts } from "./texts.ts";

const tones: Record<TuningView["status"], Tone> = { preparing: "info", training: "info", succeeded: "success", failed: "danger", cancelled: "neutral" };
const MOST = 20_000;

/** Training a model at the provider: what and when, and how it went. */
export function Tuning({ training }: { training: TrainingView }) {
  const t = texts.use();
  const { data, error, isFetching, refetch } = useQuery(tuningQuery);
  if (!data) return error ? <ErrorState title={t("tuning.error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} /> : <SkeletonRows avatar={false} />;
  return (
    <Card title={t("tuning")} text={t("tuning.text")}>
      <Plan page={data} />
      <Start page={data} training={training} />
      {data.runs.length === 0 ? (
        <p className="text-sm text-muted">{t("runs.empty")}</p>
      ) : (
        <ul aria-label={t("runs")} className="flex flex-col divide-y divide-line">
          {data.runs.map((run) => (
            <Run key={run.id} run={run} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Plan({ page }: { page: TuningPage }) {
  const t = texts.use();
  const [model, setModel] = useState(page.base_model);
  const [minimum, setMinimum] = useState(String(page.minimum));
  const [busy, setBusy] = useState(false);
  const number = Number(minimum);
  const isWrong = !Number.isInteger(number) || number < page.least || number > MOST;
  const hasName = /^[!-~]{0,80}$/.test(model.trim());
  const save = async (scheduled: boolean): Promise<void> => {
    if (isWrong || !hasName || busy) return;
    setBusy(true);
    const kept = await keepPlan({ base_model: model.trim(), minimum: number, scheduled });
    setBusy(false);
    if (kept) toast({ tone: "success", title: t("plan.saved"), key: "training" });
  };
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void save(page.scheduled);
      }}
    >
      <div className="grid gap-3 md:grid-cols-2">
        <Field label={t("plan.model")} hint={t("plan.model.hint")} error={hasName ? undefined : t("plan.model.wrong")}>
          {(ids) => <Input {...ids} dir="ltr" value={model} maxLength={80} onChange={(event) => setModel(event.target.value)} />}
        </Field>
        <Field label={t("plan.minimum")} hint={t("plan.minimum.hint")} error={isWrong ? t("plan.minimum.wrong", { least: page.least, most: MOST }) : undefined}>
          {(ids) => <Input {...ids} inputMode="numeric" value={minimum} onChange={(event) => setMinimum(event.target.value)} />}
        </Field>
      </div>
      <Choice label={t("plan.scheduled")} hint={t("plan.scheduled.hint", { count: page.minimum })}>
        {(ids) => <Switch {...ids} checked={page.scheduled} disabled={busy} onCheckedChange={(next) => void save(next)} />}
      </Choice>
      <Button type="submit" className="self-start" busy={busy}>
        {t("plan.save")}
      </Button>
    </form>
  );
}

function Start({ page, training: { allowed, lines } }: { page: TuningPage; training: TrainingView }) {
  const t = texts.use();
  const isRunning = page.runs.some(({ status }) => isUnderWay(status));
  const whole = new Intl.NumberFormat(useLocale());
  const lacks = !allowed
    ? t("export.not")
    : !page.has_provider
      ? t("start.provider")
      : !page.base_model
        ? t("start.model")
        : lines < page.least
          ? t("start.few", { least: page.least })
          : isRunning
            ? t("start.running")
            : "";
  const start = async (): Promise<void> => {
    if (await confirm({ title: t("start.confirm"), text: t("start.confirm.text"), action: t("start") })) await startTuning();
  };
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line pt-3">
      <Button variant="primary" disabled={lacks !== ""} onClick={() => void start()}>
        <Play aria-hidden />
        {t("start")}
      </Button>
      <p className="text-xs text-muted">{lacks || t("start.fresh", { count: page.fresh, number: whole.format(page.fresh) })}</p>
    </div>
  );
}

function Run({ run }: { run: TuningView }) {
  const t = texts.use();
  const { id, base_model, status, lines, model, trouble, cancelling, started_by, created_at, at_provider, provider_says } = run;
  const choose = async (): Promise<void> => {
    if (!(await confirm({ title: t("run.choose.confirm", { model }), text: t("run.choose.text"), action: t("run.choose") }))) return;
    if (await chooseTuning(id)) toast({ tone: "success", title: t("run.chosen"), key: "training" });
  };
  return (
    <li className="flex flex-col gap-1 py-3 text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={tones[status]}>{t(`run.${status}`)}</Badge>
        <bdi dir="ltr" className="min-w-0 truncate">
          {model || base_model}
        </bdi>
        <Ago at={created_at} className="ms-auto text-xs text-faint" />
      </div>
      <p className="flex flex-wrap gap-x-3 text-xs text-faint">
        <span>{started_by ? t("run.by", { name: started_by }) : t("run.by.night")}</span>
        {lines > 0 && <span>{t("run.lines", { count: lines })}</span>}
      </p>
      {trouble && (
        <p className="text-danger">
          {isUnderWay(status) && `${t("run.again")} `}
          <bdi dir="ltr">{trouble}</bdi>
        </p>
      )}
      {at_provider && (
        <p className={at_provider === "unreached" ? "text-danger" : "text-muted"}>
          {t(`run.provider.${at_provider}`)} <bdi dir="ltr">{provider_says}</bdi>
        </p>
      )}
      {isUnderWay(status) && (
        <Button size="sm" className="self-start" disabled={cancelling} onClick={() => void cancelTuning(id)}>
          {t(cancelling ? "run.cancelling" : "run.cancel")}
        </Button>
      )}
      {status === "succeeded" && (
        <Button size="sm" className="self-start" onClick={() => void choose()}>
          {t("run.choose")}
        </Button>
      )}
    </li>
  );
}

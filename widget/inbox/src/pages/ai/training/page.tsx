import type { TrainingView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Choice, Switch } from "#ui/choice.tsx";
import { confirm } from "#ui/confirm.ts";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { Ago } from "#ui/time.tsx";
import { useQuery } from "@tanstack/react-query";
import { Download, GraduationCap } from "lucide-react";
import { useLocale } from "../../../i18n/locale.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { useAi } from "../use-ai.ts";
import { Card } from "./card.tsx";
import { decide, trainingQuery } from "./data.ts";
import { Objections } from "./objections.tsx";
import { texts } from "./texts.ts";
import { Tuning } from "./tuning.tsx";

/** What of conversations may leave as training data, and taking it out. */
export default function Training() {
  const t = texts.use();
  const { data, error, isFetching, refetch } = useQuery(trainingQuery);
  if (!data) return error ? <ErrorState title={t("error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} /> : <SkeletonRows avatar={false} />;
  return (
    <div className="mx-auto flex w-full max-w-240 flex-col gap-4 p-4 md:p-6">
      <p className="max-w-140 text-sm text-muted">{t("text")}</p>
      <Consent view={data} />
      <Exported view={data} />
      <Objections view={data} />
      <Tuning training={data} />
    </div>
  );
}

function Consent({ view: { allowed, decided_by, decided_at } }: { view: TrainingView }) {
  const t = texts.use();
  const change = async (next: boolean): Promise<void> => {
    if (!next || (await confirm({ title: t("consent.confirm"), text: t("consent.confirm.text"), action: t("consent.confirm.action") }))) await decide(next);
  };
  return (
    <Card title={t("consent")}>
      <Choice label={t("consent.allow")} hint={t("consent.hint")}>
        {(ids) => <Switch {...ids} checked={allowed} onCheckedChange={(next) => void change(next)} />}
      </Choice>
      {decided_at && (
        <p className="text-xs text-faint">
          {t(allowed ? "consent.by" : "consent.not.by", { name: decided_by })} <Ago at={decided_at} />
        </p>
      )}
    </Card>
  );
}

function Exported({ view }: { view: TrainingView }) {
  const t = texts.use();
  const { go } = useAi();
  const { allowed, lines, edited, left_out, most } = view;
  const whole = new Intl.NumberFormat(useLocale());
  if (lines === 0 && left_out.length === 0)
    return (
      <EmptyState
        icon={GraduationCap}
        title={t("empty.title")}
        text={t("empty.text")}
        action={<Button onClick={() => void go({})}>{t("empty.action")}</Button>}
      />
    );
  return (
    <Card title={t("export")} text={t("export.text")}>
      <dl className="grid grid-cols-2 gap-3 md:grid-cols-3">
        {(
          [
            ["lines", lines],
            ["edited", edited],
            ["left_out", left_out.reduce((sum, { count }) => sum + count, 0)],
          ] as const
        ).map(([name, count]) => (
          <div key={name} className="rounded-md border border-line px-4 py-3">
            <dt className="text-sm text-muted">{t(`figure.${name}`)}</dt>
            <dd className="mt-1 text-xl font-semibold tabular-nums">{whole.format(count)}</dd>
          </div>
        ))}
      </dl>
      {left_out.length > 0 && (
        <ul aria-label={t("figure.left_out")} className="flex flex-col gap-1 text-sm text-muted">
          {left_out.map(({ why, count }) => (
            <li key={why} className="flex gap-3">
              <span className="min-w-8 text-end text-ink tabular-nums">{whole.format(count)}</span>
              <span>{t(`why.${why}`, { most: whole.format(most) })}</span>
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Take kind="chat" ready={allowed && lines > 0} />
        <Take kind="provenance" ready={allowed && lines > 0} />
        {!allowed && <p className="text-xs text-muted">{t("export.not")}</p>}
      </div>
    </Card>
  );
}

function Take({ kind, ready }: { kind: "chat" | "provenance"; ready: boolean }) {
  const t = texts.use();
  const variant = kind === "chat" ? "primary" : "secondary";
  const content = (
    <>
      <Download aria-hidden />
      {t(`take.${kind}`)}
    </>
  );
  if (!ready)
    return (
      <Button variant={variant} disabled>
        {content}
      </Button>
    );
  return (
    <Button variant={variant} asChild>
      <a href={`/api/ai/export?kind=${kind}`} download>
        {content}
      </a>
    </Button>
  );
}

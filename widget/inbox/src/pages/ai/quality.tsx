import type { CalibrationView, CalibratorView } from "#shared/wire.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Progress } from "#ui/progress.tsx";
import { Select } from "#ui/select.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { ErrorState } from "#ui/states.tsx";
import { Ago } from "#ui/time.tsx";
import { Tooltip } from "#ui/tooltip.tsx";
import { useQuery } from "@tanstack/react-query";
import { Info } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useLocale } from "../../i18n/locale.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { calibrationQuery } from "./data.ts";
import { Diagram } from "./diagram.tsx";
import { History } from "./history.tsx";
import { texts } from "./texts.ts";
import { useAi } from "./use-ai.ts";

/** How far the confidence can be believed, by what reviews say. */
export function Quality() {
  const t = texts.use();
  const { data, error, isFetching, refetch } = useQuery(calibrationQuery);
  const [place, setPlace] = useState("0");
  if (!data) return error ? <ErrorState title={t("quality.error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} /> : <SkeletonRows avatar={false} />;
  const all = [data.current, ...data.others];
  const shown = all[Number(place)] ?? data.current;
  return (
    <div className="mx-auto flex max-w-300 flex-col gap-4 p-4 md:p-6">
      <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <p className="max-w-160 text-sm text-muted">{t("quality.text")}</p>
        {all.length > 1 && (
          <Select
            aria-label={t("way")}
            value={place}
            onChange={setPlace}
            className="w-auto max-w-full"
            options={all.map((each, index) => ({ value: String(index), label: index === 0 ? t("way.now", { way: wayOf(each) }) : [wayOf(each), ...versionOf(each)].join(" · ") }))}
          />
        )}
      </header>
      <Standing calibrator={shown} enough={data.enough} />
      <Figures calibrator={shown} />
      <InForce calibrator={shown} view={data} />
      {shown === data.current && <History view={data} />}
      <Card title={t("diagram")} text={t("diagram.text")}>
        {shown.bins.some(({ n }) => n > 0) ? <Diagram calibrator={shown} /> : <p className="text-sm text-muted">{t("diagram.none")}</p>}
      </Card>
    </div>
  );
}

function wayOf({ mode, model }: CalibratorView): string {
  if (mode === "extractive") return texts.t("way.extractive");
  return mode ? texts.t("way.written", { model }) : texts.t("way.none");
}

const versionOf = ({ prompt_version, head }: CalibratorView): string[] => [
  ...(prompt_version ? [texts.t("way.version", { version: prompt_version })] : []),
  ...(head ? [texts.t("way.head", { head })] : []),
];

function Card({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="rounded-md border border-line bg-pane p-4">
      <h2 className="text-base font-semibold">{title}</h2>
      {text && <p className="mb-3 max-w-160 text-sm text-muted">{text}</p>}
      {children}
    </section>
  );
}

/** Whether there are reviews enough to call it calibrated. */
function Standing({ calibrator, enough }: { calibrator: CalibratorView; enough: number }) {
  const t = texts.use();
  const { go } = useAi();
  const { n, is_calibrated, created_at } = calibrator;
  const title = t("uncalibrated", { n, enough });
  return (
    <section aria-label={t("way")} className="flex flex-col gap-2 rounded-md border border-line bg-pane p-4 text-sm">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Badge tone={is_calibrated ? "success" : "warning"}>{is_calibrated ? t("calibrated") : title}</Badge>
        <strong className="font-medium">
          <bdi>{wayOf(calibrator)}</bdi>
        </strong>
        <bdi className="text-xs text-faint">{versionOf(calibrator).join(" · ")}</bdi>
        {created_at && (
          <span className="ms-auto text-xs text-faint">
            {t("learned")} <Ago at={created_at} />
          </span>
        )}
      </p>
      {!is_calibrated && (
        <>
          <Progress value={n / enough} label={title} />
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p className="max-w-160 text-muted">{t("uncalibrated.text")}</p>
            <Button onClick={() => void go({})}>{t("uncalibrated.action")}</Button>
          </div>
        </>
      )}
    </section>
  );
}

const figures = ["n", "ece", "brier", "auroc"] as const;

function Figures({ calibrator }: { calibrator: CalibratorView }) {
  const t = texts.use();
  const locale = useLocale();
  const formats = {
    n: new Intl.NumberFormat(locale),
    ece: new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }),
    brier: new Intl.NumberFormat(locale, { minimumFractionDigits: 3, maximumFractionDigits: 3 }),
    auroc: new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }),
  };
  return (
    <ul className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      {figures.map((name) => {
        const label = t(`figure.${name}`);
        const formula = t(`figure.${name}.formula`);
        const value = calibrator[name];
        return (
          <li key={name} className="relative rounded-md border border-line bg-pane px-4 py-3">
            <p className="pe-6 text-sm text-muted">{label}</p>
            <p className="mt-1 text-2xl font-semibold tabular-nums">{value === null ? "–" : formats[name].format(value)}</p>
            <Tooltip text={formula} side="top">
              <button type="button" aria-label={t("formula", { name: label, formula })} className="absolute end-2 top-2 rounded-xs p-1.5 text-faint hover:text-ink">
                <Info className="size-4" aria-hidden />
              </button>
            </Tooltip>
          </li>
        );
      })}
    </ul>
  );
}

const whys = { asked: "why.asked", too_few: "why.scarce", met: "why.met", raised: "why.raised", unmet: "why.unmet", alone: "why.alone" } as const;

function InForce({ calibrator: { threshold, asked, why, precision, lower }, view: { enough, target } }: { calibrator: CalibratorView; view: CalibrationView }) {
  const t = texts.use();
  const percent = new Intl.NumberFormat(useLocale(), { style: "percent", maximumFractionDigits: 0 });
  return (
    <Card title={t("threshold")}>
      <p className="mt-1 flex flex-wrap items-baseline gap-x-3">
        <span className="text-2xl font-semibold tabular-nums">{percent.format(threshold)}</span>
        <span className="text-sm text-muted">{t("threshold.asked", { asked: percent.format(asked) })}</span>
      </p>
      <p className="mt-1 max-w-160 text-sm">{t(whys[why], { enough, target: percent.format(target) })}</p>
      {precision !== null && lower !== null && (
        <p className="mt-1 max-w-160 text-sm text-muted">{t("threshold.precision", { precision: percent.format(precision), lower: percent.format(lower) })}</p>
      )}
    </Card>
  );
}

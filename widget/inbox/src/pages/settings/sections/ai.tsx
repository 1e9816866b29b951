import type { ModelView, OrganizationView, UsageDay } from "#shared/wire.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Choice, Switch } from "#ui/choice.tsx";
import { Field, Input, Textarea } from "#ui/field.tsx";
import { Table, Th } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { Suspense, useEffect, useState } from "react";
import { api } from "../../../api/client.ts";
import { queries } from "../../../data/queries.ts";
import { useLocale } from "../../../i18n/locale.ts";
import { later } from "../../../later.tsx";
import { organizationQuery, updateOrganization } from "../organization.ts";
import { attempt, FormPart, Loaded, Part } from "../parts.tsx";
import { texts } from "../texts.ts";

const modelQuery = queryOptions({ queryKey: ["ai", "model"], queryFn: ({ signal }) => api.get("/api/ai/model", { signal }) });
const usageQuery = queryOptions({ queryKey: ["ai", "usage"], queryFn: ({ signal }) => api.get("/api/ai/usage", { query: { days: 31 }, signal }) });
const TryWriting = later(() => import("../../ai/replay/try-writing.tsx"));
const TriedWriting = later(() => import("../../ai/replay/writing.tsx"));
/** So long a model may take to be tried. */
const TRY_MS = 40_000;
const LOOK_MS = 700;

export default function Ai() {
  const organization = useQuery(organizationQuery);
  const model = useQuery(modelQuery);
  return (
    <>
      <Loaded query={organization}>{(found) => <Agent organization={found} />}</Loaded>
      <Loaded query={model}>
        {(found) => (
          <>
            <Model key={found.name + found.base_url} model={found} />
            <Suspense fallback={null}>
              <TriedWriting inSettings />
            </Suspense>
            <Usage model={found} />
          </>
        )}
      </Loaded>
    </>
  );
}

function Agent({ organization }: { organization: OrganizationView }) {
  const t = texts.use();
  const locale = useLocale();
  const [threshold, setThreshold] = useState(organization.ai_threshold);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  return (
    <FormPart title={t("ai.agent")} text={t("ai.agent.text")} isDirty={Math.abs(threshold - organization.ai_threshold) > 0.001} save={() => updateOrganization({ ai_threshold: threshold })}>
      <Choice label={t("ai.on")} hint={t("ai.hint")}>
        {(ids) => <Switch {...ids} checked={organization.ai_enabled} onCheckedChange={(on) => void attempt(() => updateOrganization({ ai_enabled: on }))} />}
      </Choice>
      <Field label={t("ai.threshold", { value: percent.format(threshold) })} hint={t("ai.threshold.hint", { value: percent.format(threshold) })}>
        {(ids) => (
          <div>
            <input
              {...ids}
              type="range"
              min={0}
              max={1}
              step={0.01}
              value={threshold}
              disabled={!organization.ai_enabled}
              onChange={(event) => setThreshold(Number(event.target.value))}
              className="h-6 w-full accent-(--accent) disabled:opacity-50"
            />
            <div className="flex justify-between text-xs text-faint" aria-hidden>
              <span>{t("ai.threshold.low")}</span>
              <span>{t("ai.threshold.high")}</span>
            </div>
          </div>
        )}
      </Field>
    </FormPart>
  );
}

interface Entered {
  name: string;
  base_url: string;
  key: string;
  instructions: string;
  tokens: string;
  price_in: string;
  price_out: string;
}

const entered = (model: ModelView): Entered => ({
  name: model.name,
  base_url: model.base_url,
  key: "",
  instructions: model.instructions,
  tokens: model.monthly_tokens === null ? "" : String(model.monthly_tokens),
  price_in: model.price_in ? String(model.price_in) : "",
  price_out: model.price_out ? String(model.price_out) : "",
});

const NAME = /^openai:\S+$/;
const ADDRESS = /^https?:\/\/[^\s@?#]+$/;
const NUMBER = /^\d*\.?\d*$/;

function Model({ model }: { model: ModelView }) {
  const t = texts.use();
  const [values, setValues] = useState(() => entered(model));
  const set = (name: keyof Entered) => (event: { target: { value: string } }) => setValues({ ...values, [name]: event.target.value });
  const wrong = {
    name: values.name !== "" && !NAME.test(values.name.trim()),
    base_url: values.base_url !== "" && !ADDRESS.test(values.base_url.trim()),
    tokens: !/^\d*$/.test(values.tokens.trim()),
    price_in: !NUMBER.test(values.price_in.trim()),
    price_out: !NUMBER.test(values.price_out.trim()),
  };
  const before = entered(model);
  const isRight = !Object.values(wrong).some(Boolean);
  const isDirty = (Object.keys(values) as (keyof Entered)[]).some((name) => values[name].trim() !== before[name]) && isRight;
  const [trying, setTrying] = useState(false);
  const writing = {
    name: values.name.trim(),
    base_url: values.base_url.trim(),
    instructions: values.instructions.trim(),
    price_in: Number(values.price_in) || 0,
    price_out: Number(values.price_out) || 0,
    ...(values.key.trim() === "" ? {} : { key: values.key.trim() }),
  };
  const save = async (): Promise<void> => {
    const kept = await api.put("/api/ai/model", { body: { ...writing, monthly_tokens: values.tokens.trim() === "" ? null : Number(values.tokens) } });
    queries.setQueryData(modelQuery.queryKey, kept);
    setValues(entered(kept));
  };
  const tryOut = (
    <Button disabled={!isRight || (writing.name === "" && model.in_use === "")} onClick={() => setTrying(true)}>
      <History aria-hidden />
      {t("ai.replay")}
    </Button>
  );
  return (
    <FormPart title={t("ai.model")} text={t("ai.model.text")} isDirty={isDirty} save={save} beside={tryOut}>
      <Standing model={model} />
      <Field label={t("ai.model.name")} hint={t("ai.model.name.hint")} error={wrong.name ? t("ai.model.name.wrong") : undefined}>
        {(ids) => <Input {...ids} dir="ltr" value={values.name} maxLength={121} placeholder="openai:gpt-4.1-mini" onChange={set("name")} />}
      </Field>
      <Field label={t("ai.model.url")} hint={t("ai.model.url.hint")} error={wrong.base_url ? t("ai.model.url.wrong") : undefined}>
        {(ids) => <Input {...ids} dir="ltr" type="url" value={values.base_url} maxLength={320} placeholder="https://llm.example.org/v1" onChange={set("base_url")} />}
      </Field>
      <Field label={t("ai.model.key")} hint={t(model.has_key ? "ai.model.key.kept" : "ai.model.key.hint")}>
        {(ids) => <Input {...ids} dir="ltr" type="password" autoComplete="off" value={values.key} maxLength={400} onChange={set("key")} />}
      </Field>
      <Field label={t("ai.model.style")} hint={t("ai.model.style.hint")}>
        {(ids) => <Textarea {...ids} value={values.instructions} maxLength={2000} rows={3} onChange={set("instructions")} />}
      </Field>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label={t("ai.model.tokens")} hint={t("ai.model.tokens.hint")} error={wrong.tokens ? t("ai.number.wrong") : undefined}>
          {(ids) => <Input {...ids} dir="ltr" inputMode="numeric" value={values.tokens} maxLength={13} onChange={set("tokens")} />}
        </Field>
        <Field label={t("ai.model.in")} hint={t("ai.model.price.hint")} error={wrong.price_in ? t("ai.number.wrong") : undefined}>
          {(ids) => <Input {...ids} dir="ltr" inputMode="decimal" value={values.price_in} maxLength={9} onChange={set("price_in")} />}
        </Field>
        <Field label={t("ai.model.out")} hint={t("ai.model.price.hint")} error={wrong.price_out ? t("ai.number.wrong") : undefined}>
          {(ids) => <Input {...ids} dir="ltr" inputMode="decimal" value={values.price_out} maxLength={9} onChange={set("price_out")} />}
        </Field>
      </div>
      {trying && (
        <Suspense fallback={null}>
          <TryWriting values={writing} close={() => setTrying(false)} />
        </Suspense>
      )}
    </FormPart>
  );
}

/** What answers now, whether it works, and a button that finds out. */
function Standing({ model }: { model: ModelView }) {
  const t = texts.use();
  const [trying, setTrying] = useState<{ before: string | null } | null>(null);
  const busy = trying !== null && model.tried_at === trying.before;
  useQuery({ ...modelQuery, refetchInterval: busy ? LOOK_MS : false });
  useEffect(() => {
    if (!trying) return undefined;
    const enough = setTimeout(() => setTrying(null), TRY_MS);
    return () => clearTimeout(enough);
  }, [trying]);
  const tryOut = async (): Promise<void> => {
    const before = model.tried_at;
    if (await attempt(() => api.post("/api/ai/model/try"))) setTrying({ before });
  };
  return (
    <div className="flex flex-wrap items-center gap-2 text-sm">
      <span className="text-muted">{t("ai.now")}</span>
      <strong className="font-medium">
        <bdi>{model.in_use && !model.paused ? model.in_use : t("ai.quotes")}</bdi>
      </strong>
      {model.paused && <Badge tone="warning">{t("ai.paused")}</Badge>}
      {model.tried_at && (
        <>
          <Badge tone={model.trouble ? "danger" : "success"}>{t(model.trouble ? "ai.tried.failed" : "ai.tried.well")}</Badge>
          <span className="text-xs text-faint">
            <Ago at={model.tried_at} />
          </span>
        </>
      )}
      {model.name && (
        <Button className="ms-auto" busy={busy} onClick={() => void tryOut()}>
          {t("ai.try")}
        </Button>
      )}
      <p role="status" className="w-full text-sm text-danger empty:hidden">
        {model.trouble && <bdi>{model.trouble}</bdi>}
      </p>
    </div>
  );
}

function Usage({ model }: { model: ModelView }) {
  const t = texts.use();
  const query = useQuery(usageQuery);
  return (
    <Part title={t("ai.usage")} text={t("ai.usage.text")}>
      <Loaded query={query}>{(days) => (days.length ? <Days days={days} priced={model.price_in + model.price_out > 0} /> : <p className="text-sm text-muted">{t("ai.usage.none")}</p>)}</Loaded>
    </Part>
  );
}

function Days({ days, priced }: { days: UsageDay[]; priced: boolean }) {
  const t = texts.use();
  const locale = useLocale();
  const number = new Intl.NumberFormat(locale);
  const cost = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 4 });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  const most = Math.max(...days.map((day) => day.tokens_in + day.tokens_out), 1);
  return (
    <Table label={t("ai.usage")}>
      <thead>
        <tr>
          <Th>{t("ai.usage.day")}</Th>
          <Th>{t("ai.usage.model")}</Th>
          <Th className="text-end">{t("ai.usage.calls")}</Th>
          <Th className="text-end">{t("ai.usage.in")}</Th>
          <Th className="text-end">{t("ai.usage.out")}</Th>
          {priced && <Th className="text-end">{t("ai.usage.cost")}</Th>}
        </tr>
      </thead>
      <tbody className="tabular-nums [&_td]:border-b [&_td]:border-line [&_td]:px-3 [&_td]:py-1.5">
        {days.map((day) => (
          <tr key={day.day + day.model}>
            <td className="whitespace-nowrap">
              {date.format(new Date(`${day.day}T00:00:00Z`))}
              <span className="mt-0.5 block h-1 rounded-full bg-(--accent)" style={{ width: `${((day.tokens_in + day.tokens_out) / most) * 100}%` }} aria-hidden />
            </td>
            <td>
              <bdi>{day.model}</bdi>
            </td>
            <td className="text-end">{number.format(day.calls)}</td>
            <td className="text-end">{number.format(day.tokens_in)}</td>
            <td className="text-end">{number.format(day.tokens_out)}</td>
            {priced && <td className="text-end">{cost.format(day.cost)}</td>}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

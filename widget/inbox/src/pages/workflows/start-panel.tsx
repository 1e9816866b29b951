import type { Problem, WorkflowParts } from "#shared/wire.ts";
import { Choice, Switch } from "#ui/choice.tsx";
import { Field, Input, Textarea } from "#ui/field.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Select } from "#ui/select.tsx";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { app } from "../../i18n/app.ts";
import { ConditionField } from "./form/condition-field.tsx";
import { JsonField } from "./form/json-field.tsx";
import { SchemaForm } from "./form/schema-form.tsx";
import { Words } from "./form/words.tsx";
import { TriggerIcon } from "./look.tsx";
import { below, isRaw, type Definition, type Raw } from "./model/definition.ts";
import { texts } from "./texts.ts";
import type { Written } from "./use-draft.ts";
import { useSummary } from "./use-summary.ts";
import { Watch } from "./watch.tsx";

interface StartPanelProps {
  /** The workflow, where the version that runs begins by a segment too. */
  watched: number | undefined;
  now: Written;
  parts: WorkflowParts;
  problems: readonly Problem[];
  onChange: (changes: Partial<Written>, key: string) => void;
  onClose: () => void;
}

const CUSTOM: Raw = { properties: { event: { type: "string" } } };
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const count = (value: unknown): string => (typeof value === "number" ? String(value) : "");

/** What starts a workflow, whom it lets in, and what holds for all of its steps. */
export default function StartPanel({ watched, now, parts, problems, onChange, onClose }: StartPanelProps) {
  const t = texts.use();
  const shell = app.use();
  const { ofTrigger } = useSummary(parts);
  const { definition } = now;
  const { trigger } = definition;
  const put = (changes: Raw, key: string): void => {
    const after: Raw = { ...definition, ...changes };
    for (const [name, value] of Object.entries(changes)) if (value === undefined) delete after[name];
    onChange({ definition: after as Definition }, key);
  };
  const at = (path: string): { below: string; message: string }[] => problems.flatMap(({ path: where, message }) => {
    const found = below(where, path);
    return found === null ? [] : [{ below: found, message }];
  });
  const known = parts.triggers.find(({ name }) => name === trigger.type);
  const names = [...new Set([...parts.triggers.map(({ name }) => name), "custom", trigger.type])];
  const reentry = isRaw(definition["reentry"]) ? definition["reentry"] : {};
  const quiet = isRaw(definition["quiet_hours"]) ? definition["quiet_hours"] : null;
  const cap = isRaw(definition["cap"]) ? definition["cap"] : null;
  const goals = Array.isArray(definition["goals"]) ? (definition["goals"] as unknown[]) : [];
  const plainGoals = goals.every((goal) => typeof goal === "string");
  const then = (of: Raw, name: "quiet_hours" | "cap"): ReactNode => (
    <Select
      aria-label={t("then")}
      value={text(of["then"]) || "defer"}
      // oxlint-disable-next-line unicorn/no-thenable -- the server's name for it; nobody awaits a definition
      onChange={(then) => put({ [name]: { ...of, then } }, `${name}.then`)}
      options={[
        { value: "defer", label: t("then.defer") },
        { value: "skip", label: t("then.skip") },
      ]}
    />
  );
  return (
    <div className="flex h-full min-h-0 flex-col" data-panel="start">
      <header className="flex shrink-0 items-center gap-3 border-b border-line p-4">
        <TriggerIcon type={trigger.type} />
        <div className="min-w-0 flex-1">
          <h2 className="truncate text-base font-semibold">{t("trigger")}</h2>
          <p className="text-xs text-muted">{t("trigger.text")}</p>
        </div>
        <IconButton label={shell("close")} onClick={onClose} className="max-md:hidden">
          <X aria-hidden />
        </IconButton>
      </header>
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-4">
        <Field label={t("trigger.type")} error={at("$.trigger.type")[0]?.message}>
          {(ids) => (
            <Select
              {...ids}
              value={trigger.type}
              onChange={(type) => put({ trigger: { type, config: {} } }, "trigger.type")}
              options={names.map((name) => ({ value: name, label: ofTrigger({ type: name, config: {} }).title }))}
            />
          )}
        </Field>
        <SchemaForm
          key={trigger.type}
          schema={trigger.type === "custom" ? CUSTOM : (known?.config ?? {})}
          value={trigger.config}
          onChange={(values) => {
            const config: Raw = { ...trigger.config, ...values };
            for (const [name, value] of Object.entries(values)) if (value === undefined) delete config[name];
            put({ trigger: { ...trigger, config } }, `trigger.${Object.keys(values).join()}`);
          }}
          problems={at("$.trigger.config")}
          parts={parts}
        />
        {watched !== undefined && <Watch workflow={watched} />}
        <Part title={t("filter")} text={t("filter.text")}>
          <ConditionField
            label={t("filter")}
            value={trigger.filter}
            onChange={(filter) => {
              const { filter: _, ...rest } = trigger;
              put({ trigger: filter === undefined ? rest : { ...rest, filter } }, "trigger.filter");
            }}
            fields={parts.fields ?? []}
            operators={parts.operators ?? []}
            problems={at("$.trigger.filter")}
          />
        </Part>
        <Part title={t("reentry")} text={t("reentry.text")}>
          <Select
            aria-label={t("reentry")}
            value={text(reentry["rule"]) || "never"}
            onChange={(rule) => put({ reentry: rule === "never" ? undefined : { ...reentry, rule, ...(rule === "after" ? { hours: reentry["hours"] ?? 24 } : { hours: 0 }) } }, "reentry.rule")}
            options={(["never", "after_exit", "after"] as const).map((rule) => ({ value: rule, label: t(`reentry.${rule}`) }))}
          />
          {reentry["rule"] === "after" && (
            <Field label={t("reentry.hours")}>
              {(ids) => <Input {...ids} type="number" dir="ltr" min={1} className="w-28" value={count(reentry["hours"])} onChange={(event) => put({ reentry: { ...reentry, hours: Number(event.target.value) } }, "reentry.hours")} />}
            </Field>
          )}
        </Part>
        <Part title={t("goals")} text={t("goals.text")}>
          {plainGoals ? (
            <Words aria-label={t("goals")} value={goals.map(String)} onChange={(next) => put({ goals: next.length > 0 ? next : undefined }, "goals")} />
          ) : (
            <JsonField label={t("goals")} value={goals} onChange={(next) => put({ goals: next }, "goals")} error={at("$.goals")[0]?.message} />
          )}
          {plainGoals && at("$.goals").map(({ message }) => <Wrong key={message} message={message} />)}
        </Part>
        <div className="flex flex-col gap-3 border-t border-line pt-4">
          <Choice label={t("quiet")} hint={t("quiet.text")}>
            {(ids) => <Switch {...ids} checked={quiet !== null} onCheckedChange={(on) => put({ quiet_hours: on ? { start: "21:00", end: "08:00" } : undefined }, "quiet")} />}
          </Choice>
          {quiet && (
            <div className="grid grid-cols-2 gap-2">
              <Field label={t("quiet.start")}>{(ids) => <Input {...ids} type="time" dir="ltr" value={text(quiet["start"])} onChange={(event) => put({ quiet_hours: { ...quiet, start: event.target.value } }, "quiet.start")} />}</Field>
              <Field label={t("quiet.end")}>{(ids) => <Input {...ids} type="time" dir="ltr" value={text(quiet["end"])} onChange={(event) => put({ quiet_hours: { ...quiet, end: event.target.value } }, "quiet.end")} />}</Field>
              <div className="col-span-2">{then(quiet, "quiet_hours")}</div>
            </div>
          )}
          {at("$.quiet_hours").map(({ message }) => <Wrong key={message} message={message} />)}
        </div>
        <div className="flex flex-col gap-3 border-t border-line pt-4">
          <Choice label={t("cap")} hint={t("cap.text")}>
            {(ids) => <Switch {...ids} checked={cap !== null} onCheckedChange={(on) => put({ cap: on ? { count: 1, hours: 24 } : undefined }, "cap")} />}
          </Choice>
          {cap && (
            <div className="grid grid-cols-2 gap-2">
              <Field label={t("cap.count")}>{(ids) => <Input {...ids} type="number" dir="ltr" min={1} value={count(cap["count"])} onChange={(event) => put({ cap: { ...cap, count: Number(event.target.value) } }, "cap.count")} />}</Field>
              <Field label={t("cap.hours")}>{(ids) => <Input {...ids} type="number" dir="ltr" min={1} value={count(cap["hours"])} onChange={(event) => put({ cap: { ...cap, hours: Number(event.target.value) } }, "cap.hours")} />}</Field>
              <div className="col-span-2">{then(cap, "cap")}</div>
            </div>
          )}
          {at("$.cap").map(({ message }) => <Wrong key={message} message={message} />)}
        </div>
        <div className="border-t border-line pt-4">
          <Field label={t("zone")} hint={t("zone.text")} error={at("$.zone")[0]?.message}>
            {(ids) => <Input {...ids} dir="ltr" value={text(definition["zone"])} placeholder="UTC" onChange={(event) => put({ zone: event.target.value || undefined }, "zone")} />}
          </Field>
        </div>
        <div className="flex flex-col gap-3.5 border-t border-line pt-4">
          <Field label={t("name")}>{(ids) => <Input {...ids} value={now.name} maxLength={120} onChange={(event) => onChange({ name: event.target.value }, "name")} />}</Field>
          <Field label={t("description")}>{(ids) => <Textarea {...ids} value={now.description} maxLength={2000} className="min-h-14" onChange={(event) => onChange({ description: event.target.value }, "description")} />}</Field>
        </div>
      </div>
    </div>
  );
}

const Part = ({ title, text, children }: { title: string; text: string; children: ReactNode }) => (
  <section aria-label={title} className="flex flex-col gap-2 border-t border-line pt-4">
    <div>
      <h3 className="text-sm font-medium">{title}</h3>
      <p className="text-xs text-faint">{text}</p>
    </div>
    {children}
  </section>
);

const Wrong = ({ message }: { message: string }) => (
  <p className="text-xs text-danger" dir="auto">
    {message}
  </p>
);

import type { WorkflowParts } from "#shared/wire.ts";
import { Choice, Switch } from "#ui/choice.tsx";
import { Field, Input, Textarea } from "#ui/field.tsx";
import { Select } from "#ui/select.tsx";
import { useId, type ReactNode } from "react";
import type { Raw } from "../model/definition.ts";
import { texts, word } from "../texts.ts";
import { ConditionField } from "./condition-field.tsx";
import { JsonField } from "./json-field.tsx";
import { Pick } from "./pick.tsx";
import { fieldsOf, isOneCondition, type FormField } from "./schema.ts";
import { spanFields, spanOf, units, written, type Unit } from "./spans.ts";
import { Words } from "./words.tsx";

export interface FormProblem {
  /** Path below the config, as `.add[0]`. */
  below: string;
  message: string;
}

interface SchemaFormProps {
  schema: Raw;
  value: Raw;
  /** Fields to set, undefined: taken away; or the whole of it. */
  onChange: (values: Raw, whole?: boolean) => void;
  problems: readonly FormProblem[];
  parts: WorkflowParts;
}

const starts = (below: string, name: string): boolean => below === `.${name}` || below.startsWith(`.${name}.`) || below.startsWith(`.${name}[`);

/** A form of whatever a step or a trigger may be told, made from its schema. */
export function SchemaForm({ schema, value, onChange, problems, parts }: SchemaFormProps) {
  const t = texts.use();
  const { fields: readable = [], operators = [] } = parts;
  if (isOneCondition(schema)) {
    return <ConditionField label={t("condition")} value={value} onChange={(next) => onChange((next ?? {}) as Raw, true)} fields={readable} operators={operators} problems={problems} />;
  }
  const fields = fieldsOf(schema);
  const names = new Set(fields.flatMap(({ name }) => (name === "span" ? spanFields : [name])));
  const elsewhere = problems.filter(({ below }) => ![...names].some((name) => starts(below, name)));
  return (
    <div className="flex flex-col gap-3.5">
      {fields.map((field) => {
        const own = field.name === "span" ? spanFields : [field.name];
        const wrong = problems.filter(({ below }) => own.some((name) => starts(below, name)));
        return <OneField key={field.name} field={field} value={value} onChange={onChange} wrong={wrong} parts={parts} />;
      })}
      {Object.keys(value)
        .filter((name) => !names.has(name))
        .map((name) => typeof value[name] === "string" ? (
          <Field key={name} label={word("field", name, name)}>{(ids) => <Input {...ids} value={String(value[name])} onChange={(event) => onChange({ [name]: event.target.value })} />}</Field>
        ) : (
          <JsonField key={name} label={word("field", name, name)} value={value[name]} onChange={(next) => onChange({ [name]: next })} error={problems.find(({ below }) => starts(below, name))?.message} />
        ))}
      {elsewhere.map(({ message }) => (
        <p key={message} className="text-xs text-danger" dir="auto">
          {message}
        </p>
      ))}
    </div>
  );
}

interface OneFieldProps {
  field: FormField;
  value: Raw;
  onChange: (values: Raw) => void;
  wrong: readonly FormProblem[];
  parts: WorkflowParts;
}

function OneField({ field: { name, control, required, nullable, description }, value: config, onChange, wrong, parts }: OneFieldProps) {
  const t = texts.use();
  const list = useId();
  const label = word("field", name, name.replaceAll("_", " "));
  const hint = word("hint", name, description) || undefined;
  const error = wrong[0]?.message;
  const value = config[name];
  const set = (next: unknown): void => onChange({ [name]: next });
  /** Text that is empty is not said, where that may be. */
  const say = (text: string): void => set(text === "" && !required ? undefined : text);
  const shown = typeof value === "string" ? value : value == null ? "" : String(value);
  const field = (children: Parameters<typeof Field>[0]["children"]): ReactNode => (
    <Field label={label} hint={hint} error={error && <span dir="auto">{error}</span>}>
      {children}
    </Field>
  );
  switch (control.kind) {
    case "span":
      return <SpanField config={config} onChange={onChange} error={error} />;
    case "condition":
      return (
        <div className="flex flex-col gap-1.5">
          <p className="text-sm font-medium">{label}</p>
          <ConditionField
            label={label}
            value={value}
            onChange={set}
            fields={parts.fields ?? []}
            operators={parts.operators ?? []}
            problems={wrong.map(({ below, message }) => ({ below: below.slice(name.length + 1), message }))}
          />
        </div>
      );
    case "choice":
      return field((ids) => <Select {...ids} value={shown || undefined} onChange={set} options={control.options.map((each) => ({ value: each, label: word(`choice.${name}`, each, each.replaceAll("_", " ")) }))} placeholder={t("pick.usual")} />);
    case "choices": {
      const chosen = Array.isArray(value) ? value.map(String) : [];
      return (
        <fieldset className="flex flex-col gap-1.5">
          <legend className="mb-1.5 text-sm font-medium">{label}</legend>
          <span className="flex flex-wrap gap-1">
            {control.options.map((each) => {
              const isOn = chosen.includes(each);
              return (
                <button
                  key={each}
                  type="button"
                  aria-pressed={isOn}
                  onClick={() => set(isOn ? chosen.filter((other) => other !== each) : control.options.filter((other) => other === each || chosen.includes(other)))}
                  className="h-7 rounded-sm border border-line-strong px-2 text-xs text-muted transition-colors hover:text-ink touch:h-9 aria-pressed:border-transparent aria-pressed:bg-accent aria-pressed:text-accent-on"
                >
                  {word(`choice.${name}`, each, each)}
                </button>
              );
            })}
          </span>
          {(error ?? hint) && <p className={error ? "text-xs text-danger" : "text-xs text-faint"}>{error ?? hint}</p>}
        </fieldset>
      );
    }
    case "words":
      return field((ids) => <Words {...ids} value={Array.isArray(value) ? value.map(String) : []} onChange={set} />);
    case "switch":
      return <Choice label={label} hint={hint}>{(ids) => <Switch {...ids} checked={value === true} onCheckedChange={set} />}</Choice>;
    case "number":
      return field((ids) => (
        <Input
          {...ids}
          type="number"
          dir="ltr"
          {...(control.min === undefined ? {} : { min: control.min })}
          {...(control.max === undefined ? {} : { max: control.max })}
          step={control.whole ? 1 : "any"}
          value={shown}
          onChange={(event) => set(event.target.value === "" ? undefined : Number(event.target.value))}
        />
      ));
    case "one":
      return field((ids) => <Pick {...ids} of={control.of} value={typeof value === "number" || value === null ? value : undefined} onChange={set} required={required} nullable={nullable} />);
    case "clock":
      return field((ids) => <Input {...ids} type="time" dir="ltr" className="w-36" value={shown} onChange={(event) => say(event.target.value)} />);
    case "event":
      return field((ids) => (
        <>
          <Input {...ids} dir="ltr" list={list} className="font-mono text-sm" value={shown} onChange={(event) => say(event.target.value)} />
          <datalist id={list}>
            {parts.triggers.map((trigger) => (
              <option key={trigger.event} value={trigger.event}>
                {trigger.title}
              </option>
            ))}
          </datalist>
        </>
      ));
    case "line":
      return field((ids) => <Input {...ids} value={shown} maxLength={control.max} onChange={(event) => say(event.target.value)} {...(name === "url" ? { dir: "ltr", inputMode: "url" as const } : {})} />);
    case "text":
      return field((ids) => <Textarea {...ids} value={shown} maxLength={control.max} onChange={(event) => say(event.target.value)} />);
    case "json":
      return <JsonField label={label} hint={hint} value={value} onChange={set} error={error} />;
  }
}

function SpanField({ config, onChange, error }: { config: Raw; onChange: (values: Raw) => void; error: string | undefined }) {
  const t = texts.use();
  const span = spanOf(config);
  const unit: Unit = span?.unit ?? "hours";
  return (
    <Field label={t("field.span")} error={error}>
      {(ids) => (
        <span className="flex gap-2">
          <Input
            {...ids}
            type="number"
            dir="ltr"
            min={0}
            step="any"
            className="w-24 shrink-0"
            value={span ? String(span.amount) : ""}
            onChange={(event) => onChange(written({ amount: event.target.value === "" ? 0 : Math.max(0, Number(event.target.value)), unit }))}
          />
          <Select aria-label={t("field.unit")} value={unit} onChange={(unit) => onChange(written({ amount: span?.amount ?? 1, unit }))} options={units.map((each) => ({ value: each, label: t(`unit.${each}`) }))} />
        </span>
      )}
    </Field>
  );
}

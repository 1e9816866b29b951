import type { ReadableField } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Segmented } from "#ui/choice.tsx";
import { Input } from "#ui/field.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Select } from "#ui/select.tsx";
import { Plus, X } from "lucide-react";
import { useId } from "react";
import { texts, word } from "../texts.ts";
import { alone, fitted, placeOf, rowsOf, several, typed, written, type Row } from "./conditions.ts";
import { JsonField } from "./json-field.tsx";
import { Words } from "./words.tsx";

interface ConditionFieldProps {
  value: unknown;
  onChange: (value: unknown) => void;
  fields: readonly ReadableField[];
  operators: readonly string[];
  /** What is wrong, by the path below the condition. */
  problems: readonly { below: string; message: string }[];
  label: string;
}

/** Field, operator and value in rows; what nests deeper is JSON. */
export function ConditionField({ value, onChange, fields, operators, problems, label }: ConditionFieldProps) {
  const t = texts.use();
  const known = useId();
  const rows = rowsOf(value);
  if (!rows) return <JsonField value={value} onChange={onChange} label={label} hint={t("condition.nested")} error={problems[0]?.message} />;
  const put = (index: number, row: Row | null): void =>
    onChange(written({ ...rows, rows: row ? rows.rows.with(index, row) : rows.rows.toSpliced(index, 1) }));
  const add = (): void => onChange(written({ ...rows, rows: [...rows.rows, { field: fields[0]?.name ?? "contact.email", operator: "exists" }] }));
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="sr-only">{label}</legend>
      <datalist id={known}>
        {fields.map(({ name }) => (
          <option key={name} value={name}>
            {word("readable", name, name)}
          </option>
        ))}
      </datalist>
      {rows.rows.length > 1 && (
        <Segmented
          aria-label={t("condition.join")}
          value={rows.join}
          onChange={(join) => onChange(written({ ...rows, join }))}
          options={[
            { value: "all", label: t("condition.all") },
            { value: "any", label: t("condition.any") },
          ]}
        />
      )}
      {rows.rows.map((row, index) => {
        const wrong = problems.filter(({ below }) => placeOf(below).row === index);
        const isNumber = fields.some(({ name, kind }) => name === row.field && kind === "float");
        return (
          <div key={index} className="flex flex-col gap-1.5 rounded-sm border border-line bg-sunken p-2">
            <div className="flex items-center gap-1.5">
              <Input
                aria-label={t("condition.field")}
                list={known}
                dir="ltr"
                value={row.field}
                onChange={(event) => put(index, { ...row, field: event.target.value })}
                className="flex-1 font-mono text-sm"
                {...(wrong.length > 0 ? { "aria-invalid": true } : {})}
              />
              <IconButton label={t("condition.remove")} size="sm" onClick={() => put(index, null)}>
                <X aria-hidden />
              </IconButton>
            </div>
            <div className="grid grid-cols-2 gap-1.5">
              <Select
                aria-label={t("condition.operator")}
                value={row.operator}
                onChange={(operator) => put(index, fitted(row, operator))}
                options={[...new Set([...operators, row.operator])].filter(Boolean).map((operator) => ({ value: operator, label: word("operator", operator, operator.replaceAll("_", " ")) }))}
                className={alone.has(row.operator) ? "col-span-2" : ""}
              />
              {several.has(row.operator) ? (
                <Words aria-label={t("condition.value")} value={Array.isArray(row.value) ? row.value.map(String) : []} onChange={(value) => put(index, { ...row, value: value.map((each) => typed(each, isNumber)) })} />
              ) : (
                !alone.has(row.operator) && (
                  <Input aria-label={t("condition.value")} value={row.value == null ? "" : String(row.value)} onChange={(event) => put(index, { ...row, value: typed(event.target.value, isNumber) })} inputMode={isNumber ? "decimal" : "text"} />
                )
              )}
            </div>
            {wrong.map(({ message }) => (
              <p key={message} className="text-xs text-danger" dir="auto">
                {message}
              </p>
            ))}
          </div>
        );
      })}
      {rows.rows.length === 0 && problems.map(({ message }) => <p key={message} className="text-xs text-danger" dir="auto">{message}</p>)}
      <Button size="sm" variant="ghost" className="self-start" onClick={add}>
        <Plus aria-hidden />
        {t("condition.add")}
      </Button>
    </fieldset>
  );
}

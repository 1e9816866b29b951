import type { FieldView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Select } from "#ui/select.tsx";
import { Plus, X } from "lucide-react";
import { texts } from "../texts.ts";
import { useFieldWords } from "../words.ts";
import { useBuilder } from "./context.ts";
import { newClause, type Clause } from "./draft.ts";
import { NumberInput } from "./number-input.tsx";
import { Operator, type PartProps } from "./operator.tsx";
import { Value } from "./value.tsx";

const MONTH_DAYS = 30;
const WHERE_MAX = 5;

/** How often something happened, in which time, and which of it. */
export function Happened({ clause, field, set }: PartProps<FieldView>) {
  const t = texts.use();
  const isEver = clause.days === null;
  const add = (): void => {
    const [first] = field.properties;
    if (first) set({ where: [...clause.where, newClause(first.name, first.operators[0]?.name)] });
  };
  return (
    <>
      <span className="flex items-center gap-2 text-sm text-muted">
        <NumberInput aria-label={t("times.label")} value={clause.times} onChange={(times) => set({ times })} min={1} max={1000} step={1} className="w-20" />
        {t("times", { count: typeof clause.times === "number" ? clause.times : 2 })}
      </span>
      <span className="flex items-center gap-2 text-sm text-muted">
        <Select
          aria-label={t("period")}
          value={isEver ? "ever" : "days"}
          onChange={(next) => set({ days: next === "ever" ? null : MONTH_DAYS })}
          options={[
            { value: "ever", label: t("period.ever") },
            { value: "days", label: t("period.days") },
          ]}
          className="w-auto"
        />
        {!isEver && (
          <>
            <NumberInput aria-label={t("days")} value={clause.days} onChange={(days) => set({ days })} min={1} max={3650} step={1} className="w-20" />
            {t("days")}
          </>
        )}
      </span>
      {field.properties.length > 0 && (
        <div className="flex basis-full flex-col gap-2 ps-2">
          {clause.where.map((part) => (
            <Where key={part.id} part={part} field={field} />
          ))}
          {clause.where.length < WHERE_MAX && (
            <Button variant="ghost" size="sm" onClick={add} className="-ms-2 self-start">
              <Plus aria-hidden />
              {t("where.add")}
            </Button>
          )}
        </div>
      )}
    </>
  );
}

function Where({ part, field }: { part: Clause; field: FieldView }) {
  const t = texts.use();
  const words = useFieldWords();
  const { change, problems } = useBuilder();
  const property = field.properties.find(({ name }) => name === part.field);
  const set = (changes: Partial<Clause>): void => change(part.id, (before) => ({ ...before, ...changes }) as Clause);
  const problem = problems.get(part.id);
  return (
    <div role="group" aria-label={t("where")} className="flex flex-wrap items-center gap-2">
      <span className="text-sm text-muted">{t("where")}</span>
      <Select
        aria-label={t("field.choose")}
        value={part.field}
        onChange={(name) => set({ ...newClause(name, field.properties.find((each) => each.name === name)?.operators[0]?.name), id: part.id })}
        options={field.properties.map(({ name, label }) => ({ value: name, label: words(label) }))}
        className="w-auto min-w-32"
      />
      {property && <Operator clause={part} field={property} set={set} />}
      {property && <Value key={`${part.field} ${part.op}`} clause={part} field={property} set={set} />}
      <IconButton label={t("where.remove")} onClick={() => change(part.id, () => undefined)}>
        <X aria-hidden />
      </IconButton>
      {problem && <p className="basis-full text-xs text-danger">{problem}</p>}
    </div>
  );
}

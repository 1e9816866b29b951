import type { FieldView } from "#shared/wire.ts";
import { Badge } from "#ui/badge.tsx";
import { Input } from "#ui/field.tsx";
import { useId } from "react";
import { texts } from "../texts.ts";
import { useBuilder } from "./context.ts";
import { newClause, type Clause } from "./draft.ts";
import { Happened } from "./happened.tsx";
import { FieldPicker } from "./field-picker.tsx";
import { Found } from "./mark.tsx";
import { blankFor, Operator, type PartProps } from "./operator.tsx";
import { Row } from "./row.tsx";
import { Value } from "./value.tsx";

/** One comparison: field, operator, value. */
export function ClauseRow({ clause, label }: { clause: Clause; label: string }) {
  const t = texts.use();
  const { fields, change } = useBuilder();
  const field = fields.get(clause.field);
  const set = (changes: Partial<Clause>): void => change(clause.id, (part) => ({ ...part, ...changes }) as Clause);
  const choose = (next: FieldView): void => {
    const op = next.operators[0]?.name ?? "";
    set({ ...newClause(next.name, op), id: clause.id, not: clause.not, value: blankFor(next, op) });
  };
  return (
    <Row node={clause} label={label} below={<Found id={clause.id} />}>
      {clause.not && <Badge tone="warning">{t("not")}</Badge>}
      <FieldPicker value={clause.field} onChange={choose} isNew={clause.field === ""} />
      {field?.kind === "custom" && <Key clause={clause} field={field} set={set} />}
      {field && <Operator clause={clause} field={field} set={set} />}
      {field && field.kind === "facts" ? <Happened clause={clause} field={field} set={set} /> : field && <Value key={`${clause.field} ${clause.op}`} clause={clause} field={field} set={set} />}
    </Row>
  );
}

function Key({ clause, field, set }: PartProps<FieldView>) {
  const t = texts.use();
  const list = useId();
  return (
    <>
      <Input aria-label={t("key")} placeholder={t("key")} list={list} value={clause.key} onChange={({ target }) => set({ key: target.value })} maxLength={60} className="w-36" />
      <datalist id={list}>
        {field.known.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </datalist>
    </>
  );
}

import type { PropertyView } from "#shared/wire.ts";
import { Select } from "#ui/select.tsx";
import { texts } from "../texts.ts";
import { useFieldWords } from "../words.ts";
import { operatorOf, type Clause } from "./draft.ts";

export interface PartProps<F extends PropertyView> {
  clause: Clause;
  field: F;
  set: (changes: Partial<Clause>) => void;
}

/** A value that the operator of this kind begins with. */
export const blankFor = (field: PropertyView, op: string): unknown => ({ texts: [], days: 30 })[operatorOf(field, op)?.value as "texts" | "days"] ?? "";

/** The clause with another operator; what it compares with stays where the new one wants the same. */
function withOperator(clause: Clause, field: PropertyView, op: string): Partial<Clause> {
  const isSame = operatorOf(field, clause.op)?.value === operatorOf(field, op)?.value;
  return isSame ? { op } : { op, value: blankFor(field, op) };
}

export function Operator({ clause, field, set }: PartProps<PropertyView>) {
  const t = texts.use();
  const words = useFieldWords();
  const options = field.operators.map(({ name, label }) => ({ value: name, label: words(label) }));
  return <Select aria-label={t("operator")} value={clause.op} onChange={(op) => set(withOperator(clause, field, op))} options={options} placeholder={clause.op} className="w-auto min-w-28" />;
}

import type { FieldView, PropertyView } from "#shared/wire.ts";
import { Input } from "#ui/field.tsx";
import { Select } from "#ui/select.tsx";
import { useId } from "react";
import { texts } from "../texts.ts";
import { useFieldWords } from "../words.ts";
import { operatorOf } from "./draft.ts";
import { NumberInput } from "./number-input.tsx";
import type { PartProps } from "./operator.tsx";
import { Tokens } from "./tokens.tsx";

const DAY_LENGTH = "2026-01-31".length;

/** What a clause compares with, as its operator wants it. */
export function Value({ clause: { value, op }, field, set }: PartProps<PropertyView>) {
  const t = texts.use();
  const words = useFieldWords();
  const list = useId();
  const label = t("value");
  const known = field.kind === "tags" ? (field as FieldView).known : [];
  const suggested = known.length > 0 && (
    <datalist id={list}>
      {known.map((each) => (
        <option key={each} value={each}>
          {each}
        </option>
      ))}
    </datalist>
  );
  const listed = suggested ? list : undefined;
  const take = (next: unknown): void => set({ value: next });
  switch (operatorOf(field, op)?.value) {
    case "text":
      if (field.choices.length > 0) {
        const options = field.choices.map((choice) => ({ value: choice.value, label: words(choice.label) }));
        return <Select aria-label={label} value={value === "" ? undefined : String(value)} onChange={take} options={options} placeholder={t("value.choose")} className="w-44" />;
      }
      return (
        <>
          <Input aria-label={label} value={String(value)} onChange={({ target }) => take(target.value)} maxLength={500} list={listed} placeholder={t("value")} className="w-auto min-w-40 flex-1" />
          {suggested}
        </>
      );
    case "texts":
      if (field.choices.length > 0) return <Choices field={field} value={value} take={take} />;
      return (
        <>
          <Tokens label={label} values={Array.isArray(value) ? (value as string[]) : []} onChange={take} list={listed} />
          {suggested}
        </>
      );
    case "number":
      return <NumberInput aria-label={label} value={value} onChange={take} step="any" className="w-32" />;
    case "days":
      return (
        <span className="flex items-center gap-2 text-sm text-muted">
          <NumberInput aria-label={t("days")} value={value} onChange={take} min={1} max={3650} className="w-20" />
          {t("days")}
        </span>
      );
    case "moment": {
      const isDay = typeof value === "string" && (value === "" || value.length === DAY_LENGTH);
      return <Input aria-label={label} type={isDay ? "date" : "text"} dir="ltr" value={String(value)} onChange={({ target }) => take(target.value)} maxLength={40} className="w-44" />;
    }
    case "any":
      return <Anything value={value} take={take} />;
    default:
      return null;
  }
}

function Choices({ field, value, take }: { field: PropertyView; value: unknown; take: (value: string[]) => void }) {
  const words = useFieldWords();
  const chosen = Array.isArray(value) ? (value as string[]) : [];
  return (
    <span className="flex flex-wrap items-center gap-1">
      {field.choices.map((choice) => {
        const isOn = chosen.includes(choice.value);
        return (
          <button
            key={choice.value}
            type="button"
            aria-pressed={isOn}
            onClick={() => take(isOn ? chosen.filter((each) => each !== choice.value) : [...chosen, choice.value])}
            className="inline-flex h-8 items-center rounded-sm border border-line-strong px-2.5 text-sm text-muted transition-colors hover:bg-hover aria-pressed:border-accent-text aria-pressed:bg-accent-soft aria-pressed:text-accent-text touch:h-10"
          >
            {words(choice.label)}
          </button>
        );
      })}
    </span>
  );
}

const kinds = ["text", "number", "yes"] as const;
const kindOf = (value: unknown): (typeof kinds)[number] => (typeof value === "boolean" ? "yes" : typeof value === "number" ? "number" : "text");
const blank = { text: "", number: 0, yes: true } as const;

/** An own field may be a text, a number, or yes and no; as what it is compared decides. */
function Anything({ value, take }: { value: unknown; take: (value: unknown) => void }) {
  const t = texts.use();
  const kind = kindOf(value);
  return (
    <>
      <Select aria-label={t("value.kind")} value={kind} onChange={(next) => take(blank[next])} options={kinds.map((each) => ({ value: each, label: t(`value.kind.${each}`) }))} className="w-32" />
      {kind === "text" && <Input aria-label={t("value")} value={String(value)} onChange={({ target }) => take(target.value)} maxLength={500} placeholder={t("value")} className="w-auto min-w-32 flex-1" />}
      {kind === "number" && <NumberInput aria-label={t("value")} value={value} onChange={(next) => take(next === "" ? 0 : next)} step="any" className="w-32" />}
      {kind === "yes" && <Select aria-label={t("value")} value={String(value)} onChange={(next) => take(next === "true")} options={[{ value: "true", label: t("yes") }, { value: "false", label: t("no") }]} className="w-24" />}
    </>
  );
}

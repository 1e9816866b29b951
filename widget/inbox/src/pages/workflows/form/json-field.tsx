import { Field, Textarea } from "#ui/field.tsx";
import { useState } from "react";
import { texts } from "../texts.ts";

interface JsonFieldProps {
  value: unknown;
  onChange: (value: unknown) => void;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
}

const shown = (value: unknown): string => (value === undefined ? "" : JSON.stringify(value, null, 2));

/** JSON as text; what does not parse yet is kept, and changes nothing. */
export function JsonField({ value, onChange, label, hint, error }: JsonFieldProps) {
  const t = texts.use();
  const [draft, setDraft] = useState<{ text: string; of: unknown }>();
  const [isWrong, setWrong] = useState(false);
  // Changed elsewhere (undone, say): what was typed is over.
  const text = draft && draft.of === value ? draft.text : shown(value);
  const type = (text: string): void => {
    let parsed: unknown = undefined;
    try {
      if (text.trim()) parsed = JSON.parse(text);
    } catch {
      setDraft({ text, of: value });
      return setWrong(true);
    }
    setWrong(false);
    setDraft({ text, of: parsed });
    onChange(parsed);
  };
  return (
    <Field label={label} hint={hint} error={isWrong && draft?.of === value ? t("json.wrong") : error}>
      {(ids) => <Textarea {...ids} dir="ltr" spellCheck={false} className="min-h-16 font-mono text-xs" value={text} onChange={(event) => type(event.target.value)} />}
    </Field>
  );
}

import { fieldClass, Label } from "#ui/field.tsx";
import { cn } from "#ui/cn.ts";
import { useId, useRef, type ReactNode } from "react";
import { texts } from "../texts.ts";
import { useEditing } from "./editing.ts";
import { TagMenu } from "./tags.tsx";

interface TagFieldProps {
  label: string;
  /** Where it stands in the template, as the server says it: `blocks[2].text`. */
  path: string;
  value: string;
  onChange: (value: string) => void;
  max: number;
  /** More than one line. */
  long?: boolean;
  mono?: boolean;
  hint?: ReactNode;
  /** What tags fit here; none: none. */
  tags?: "words" | "address";
  /** How many characters are read before lists cut it off. */
  shown?: number;
}

/** A field of a template: tags are put where the cursor is, and what is wrong with them is said here. */
export function TagField({ label, path, value, onChange, max, long = false, mono = false, hint, tags, shown }: TagFieldProps) {
  const t = texts.use();
  const id = useId();
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const fault = useEditing().faults.find((each) => each.path === path);

  const insert = (tag: string): void => {
    const start = field.current?.selectionStart ?? value.length;
    const end = field.current?.selectionEnd ?? start;
    onChange(value.slice(0, start) + tag + value.slice(end));
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(start + tag.length, start + tag.length);
    });
  };
  const mend = (): void => {
    if (!fault) return;
    const wrong = value.slice(fault.at, fault.at + fault.length);
    const name = /\{\{\s*([^|{}]*?)\s*(?=[|}])/.exec(wrong)?.[1];
    if (name) onChange(value.slice(0, fault.at) + wrong.replace(name, () => fault.suggestion) + value.slice(fault.at + fault.length));
  };

  const common = {
    ref: field,
    id,
    dir: "auto" as const,
    placeholder: " ",
    value,
    maxLength: max,
    "data-path": path,
    "aria-describedby": `${id}-about`,
    ...(fault ? { "aria-invalid": true as const } : {}),
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-end justify-between gap-2">
        <Label htmlFor={id}>{label}</Label>
        {tags && <TagMenu label={label} only={tags} insert={insert} />}
      </div>
      {long ? (
        <textarea {...common} className={cn(fieldClass, "field-sizing-content max-h-80 min-h-20 resize-none py-1.5", mono && "font-mono text-sm")} />
      ) : (
        <input {...common} className={cn(fieldClass, "h-8 touch:h-10", mono && "font-mono text-sm")} />
      )}
      <div id={`${id}-about`} className="flex items-start justify-between gap-3 text-xs text-faint empty:hidden">
        {fault ? (
          <p className="text-danger">
            {t(`fault.${fault.code}`)}{" "}
            {fault.suggestion && fault.code === "unknown_tag" && (
              <button type="button" onClick={mend} className="font-medium underline touch:py-1.5">
                {t("fault.suggest", { name: fault.suggestion })}
              </button>
            )}
          </p>
        ) : (
          hint && <p>{hint}</p>
        )}
        {shown !== undefined && (
          <p className={cn("ms-auto shrink-0 tabular-nums", value.length > shown && "text-warning")}>{t("counter", { count: value.length, most: shown })}</p>
        )}
      </div>
    </div>
  );
}

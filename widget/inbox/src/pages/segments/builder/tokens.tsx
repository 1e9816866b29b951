import { fieldClass } from "#ui/field.tsx";
import { cn } from "#ui/cn.ts";
import { X } from "lucide-react";
import { useState } from "react";
import { texts } from "../texts.ts";

interface TokensProps {
  label: string;
  values: readonly string[];
  onChange: (values: string[]) => void;
  list: string | undefined;
}

/** A list of words: Enter or a comma ends one, Backspace in the empty field takes the last away. */
export function Tokens({ label, values, onChange, list }: TokensProps) {
  const t = texts.use();
  const [typed, setTyped] = useState("");
  const add = (text: string): void => {
    const more = text.split(",").map((word) => word.trim()).filter((word) => word && !values.includes(word));
    setTyped("");
    if (more.length > 0) onChange([...values, ...new Set(more)]);
  };
  return (
    <div className={cn(fieldClass, "flex min-h-8 w-auto min-w-48 flex-1 flex-wrap items-center gap-1 px-1 py-0.5 focus-within:border-accent-text focus-within:outline-1")}>
      {values.map((value) => (
        <span key={value} className="inline-flex h-6 max-w-full items-center gap-1 rounded-xs bg-pressed ps-1.5 text-xs touch:h-8">
          <bdi className="truncate">{value}</bdi>
          <button type="button" aria-label={t("value.remove", { value })} onClick={() => onChange(values.filter((each) => each !== value))} className="inline-flex size-6 items-center justify-center rounded-xs text-muted hover:text-ink touch:size-8">
            <X className="size-3" aria-hidden />
          </button>
        </span>
      ))}
      <input
        aria-label={label}
        dir="auto"
        list={list}
        value={typed}
        placeholder={values.length === 0 ? t("value.several") : ""}
        onChange={({ target }) => (target.value.endsWith(",") ? add(target.value) : setTyped(target.value))}
        onBlur={() => typed && add(typed)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.nativeEvent.isComposing) {
            event.preventDefault();
            add(typed);
          } else if (event.key === "Backspace" && typed === "" && values.length > 0) onChange(values.slice(0, -1));
        }}
        className="h-6 min-w-24 flex-1 bg-transparent px-1.5 text-sm outline-none touch:h-8"
      />
    </div>
  );
}

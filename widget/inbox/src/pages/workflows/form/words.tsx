import { fieldClass } from "#ui/field.tsx";
import { cn } from "#ui/cn.ts";
import { X } from "lucide-react";
import { useState, type KeyboardEvent } from "react";
import { texts } from "../texts.ts";

interface WordsProps {
  value: readonly string[];
  onChange: (value: string[]) => void;
  id?: string;
  "aria-label"?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
}

/** Several words: Enter or a comma ends one, Backspace takes the last away. */
export function Words({ value, onChange, ...ids }: WordsProps) {
  const t = texts.use();
  const [draft, setDraft] = useState("");
  const add = (text: string): void => {
    const words = text.split(",").map((each) => each.trim()).filter(Boolean);
    setDraft("");
    if (words.length > 0) onChange([...new Set([...value, ...words])]);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && draft.trim()) {
      event.preventDefault();
      add(draft);
    } else if (event.key === "Backspace" && draft === "" && value.length > 0) onChange(value.slice(0, -1));
  };
  return (
    <span className={cn(fieldClass, "flex min-h-8 flex-wrap items-center gap-1 p-1 touch:min-h-10")}>
      {value.map((each) => (
        <span key={each} className="inline-flex h-6 max-w-full items-center gap-0.5 rounded-xs bg-hover ps-1.5 text-xs">
          <bdi className="truncate">{each}</bdi>
          <button type="button" aria-label={t("words.remove", { name: each })} onClick={() => onChange(value.filter((other) => other !== each))} className="inline-flex size-6 items-center justify-center text-faint hover:text-ink">
            <X className="size-3" aria-hidden />
          </button>
        </span>
      ))}
      <input
        {...ids}
        dir="auto"
        value={draft}
        onChange={(event) => (event.target.value.includes(",") ? add(event.target.value) : setDraft(event.target.value))}
        onBlur={() => add(draft)}
        onKeyDown={onKeyDown}
        className="h-6 min-w-16 flex-1 bg-transparent px-1 outline-none"
      />
    </span>
  );
}

import { Input } from "#ui/field.tsx";
import { cn } from "#ui/cn.ts";
import { focusOnMount } from "#ui/focus.ts";
import { useRef, useState } from "react";

interface EditableProps {
  label: string;
  value: string;
  /** What stands there while there is nothing. */
  empty: string;
  maxLength: number;
  type?: "text" | "email" | "tel";
  dir?: "auto" | "ltr";
  /** Resolves to whether it was kept. */
  save: (value: string) => Promise<boolean>;
}

/** A text that becomes a field where it stands. Enter and leaving keep, Escape returns to what it was. */
export function Editable({ label, value, empty, maxLength, type = "text", dir = "auto", save }: EditableProps) {
  const [text, setText] = useState<string>();
  const button = useRef<HTMLButtonElement>(null);
  const isOver = useRef(false);

  const finish = (keep: boolean): void => {
    if (isOver.current || text === undefined) return;
    isOver.current = true;
    const next = text.trim();
    setText(undefined);
    requestAnimationFrame(() => document.activeElement === document.body && button.current?.focus());
    if (keep && next !== value) void save(next);
  };

  if (text === undefined) {
    return (
      <button
        ref={button}
        type="button"
        onClick={() => {
          isOver.current = false;
          setText(value);
        }}
        className="flex min-h-7 w-full min-w-0 items-center rounded-sm px-1.5 text-start transition-colors hover:bg-hover touch:min-h-10"
      >
        <span className="sr-only">{label}:</span>
        <span dir={value ? dir : "auto"} className={cn("line-clamp-2 min-w-0 wrap-anywhere", !value && "text-faint")}>
          {value || empty}
        </span>
      </button>
    );
  }
  return (
    <Input
      aria-label={label}
      type={type}
      dir={dir}
      ref={focusOnMount}
      value={text}
      maxLength={maxLength}
      onChange={(event) => setText(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={() => finish(true)}
      onKeyDown={(event) => {
        if (event.key === "Enter") finish(true);
        if (event.key === "Escape") {
          event.stopPropagation();
          finish(false);
        }
      }}
      className="h-7 px-1.5 text-sm"
    />
  );
}

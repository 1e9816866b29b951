import { cn } from "#ui/cn.ts";
import { Input } from "#ui/field.tsx";
import { useState, type ComponentProps } from "react";

interface NumberInputProps extends Omit<ComponentProps<"input">, "value" | "onChange"> {
  value: unknown;
  /** A number, or empty where nothing is one. */
  onChange: (value: number | "") => void;
}

/** What is typed stays as it is typed, also while it is no number yet. */
export function NumberInput({ value, onChange, className, ...props }: NumberInputProps) {
  const [typed, setTyped] = useState(typeof value === "number" ? String(value) : "");
  const shown = typeof value === "number" && Number(typed) !== value ? String(value) : typed;
  return (
    <Input
      type="number"
      dir="ltr"
      value={shown}
      onChange={({ target }) => {
        setTyped(target.value);
        onChange(target.value === "" || !Number.isFinite(target.valueAsNumber) ? "" : target.valueAsNumber);
      }}
      className={cn("w-24", className)}
      {...props}
    />
  );
}

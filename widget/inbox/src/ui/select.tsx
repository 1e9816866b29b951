import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { fieldClass } from "./field.tsx";
import { itemClass, surfaceClass } from "./menu.tsx";

export interface Option<T extends string> {
  value: T;
  label: string;
  icon?: ReactNode;
}

interface SelectProps<T extends string> {
  value: T | undefined;
  onChange: (value: T) => void;
  options: readonly Option<T>[];
  placeholder?: string;
  disabled?: boolean;
  className?: string;
  id?: string;
  "aria-label"?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
}

/** One of a few. For many, or ones that are searched for, use a command list. */
export function Select<T extends string>({ value, onChange, options, placeholder, disabled = false, className, ...aria }: SelectProps<T>) {
  return (
    <Radix.Root value={value ?? ""} onValueChange={(next) => onChange(next as T)} disabled={disabled}>
      <Radix.Trigger
        className={cn(fieldClass, "flex h-8 items-center justify-between gap-2 text-start touch:h-10 data-placeholder:text-faint [&>span]:truncate", className)}
        {...aria}
      >
        <Radix.Value placeholder={placeholder} />
        <ChevronDown className="size-4 shrink-0 text-faint" aria-hidden />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className={cn(surfaceClass, "max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width)")}
        >
          <Radix.Viewport className="p-1">
            {options.map((option) => (
              <Radix.Item key={option.value} value={option.value} className={cn(itemClass, "pe-8")}>
                {option.icon}
                <Radix.ItemText>{option.label}</Radix.ItemText>
                <Radix.ItemIndicator className="absolute end-2">
                  <Check className="size-4 text-accent-text" aria-hidden />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

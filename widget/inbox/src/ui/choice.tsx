import { Check, Minus } from "lucide-react";
import { Checkbox as RadixCheckbox, Switch as RadixSwitch, ToggleGroup } from "radix-ui";
import { useId, type ComponentProps, type ReactNode } from "react";
import { cn } from "./cn.ts";

type CheckboxProps = ComponentProps<typeof RadixCheckbox.Root>;

/** `checked="indeterminate"` for "some". Tie a label to it by `id`, or use `<Choice>`. */
export function Checkbox({ className, ...props }: CheckboxProps) {
  return (
    <RadixCheckbox.Root
      className={cn(
        "group relative flex size-4 shrink-0 items-center justify-center rounded-xs border border-line-control bg-pane text-accent-on transition-colors not-disabled:hover:border-accent-text disabled:opacity-50 data-[state=checked]:border-transparent data-[state=checked]:bg-accent data-[state=indeterminate]:border-transparent data-[state=indeterminate]:bg-accent",
        "after:absolute after:-inset-2",
        className,
      )}
      {...props}
    >
      <RadixCheckbox.Indicator>
        <Check className="size-3 group-data-[state=indeterminate]:hidden" strokeWidth={3} aria-hidden />
        <Minus className="hidden size-3 group-data-[state=indeterminate]:block" strokeWidth={3} aria-hidden />
      </RadixCheckbox.Indicator>
    </RadixCheckbox.Root>
  );
}

/** For what takes effect at once; in forms with a Save button use a checkbox. */
export function Switch({ className, ...props }: ComponentProps<typeof RadixSwitch.Root>) {
  return (
    <RadixSwitch.Root
      className={cn(
        "relative h-5 w-8 shrink-0 rounded-full bg-line-control transition-colors after:absolute after:-inset-2 disabled:opacity-50 data-[state=checked]:bg-accent",
        className,
      )}
      {...props}
    >
      <RadixSwitch.Thumb className="block size-4 translate-x-0.5 rounded-full bg-white transition-transform data-[state=checked]:translate-x-3.5 rtl:-translate-x-0.5 rtl:data-[state=checked]:-translate-x-3.5" />
    </RadixSwitch.Root>
  );
}

interface ChoiceProps {
  label: ReactNode;
  hint?: ReactNode;
  className?: string;
  children: (ids: { id: string; "aria-describedby"?: string }) => ReactNode;
}

/** A checkbox or switch with its text: `<Choice label="…">{(ids) => <Switch {...ids} />}</Choice>`. */
export function Choice({ label, hint, className, children }: ChoiceProps) {
  const id = useId();
  return (
    <div className={cn("flex items-start justify-between gap-4", className)}>
      <div className="min-w-0">
        <label htmlFor={id} className="block text-sm font-medium text-ink select-none">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-xs text-faint">
            {hint}
          </p>
        )}
      </div>
      {children({ id, ...(hint ? { "aria-describedby": `${id}-hint` } : {}) })}
    </div>
  );
}

interface SegmentedProps<T extends string> {
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: string; icon?: ReactNode }[];
  "aria-label": string;
  className?: string;
}

/** Two to four exclusive choices, all in sight. */
export function Segmented<T extends string>({ value, onChange, options, className, ...aria }: SegmentedProps<T>) {
  return (
    <ToggleGroup.Root
      type="single"
      value={value}
      onValueChange={(next) => next && onChange(next as T)}
      className={cn("inline-flex rounded-sm bg-pressed p-0.5", className)}
      {...aria}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          className="inline-flex h-7 flex-1 items-center justify-center gap-1.5 whitespace-nowrap rounded-[5px] px-2.5 text-xs font-medium text-muted transition-colors hover:text-ink touch:h-9 data-[state=on]:bg-pane data-[state=on]:text-ink data-[state=on]:shadow-[0_0_0_1px_var(--line)] dark:data-[state=on]:bg-raised [&_svg]:size-3.5"
        >
          {option.icon}
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}

import { Label as Radix } from "radix-ui";
import { useId, type ComponentProps, type ReactNode } from "react";
import { cn } from "./cn.ts";

export const fieldClass =
  "w-full min-w-0 rounded-sm border border-line-strong bg-pane px-2.5 text-base text-ink transition-colors hover:border-line-control focus-visible:border-accent-text focus-visible:outline-1 focus-visible:outline-offset-0 disabled:opacity-50 aria-invalid:border-danger aria-invalid:outline-danger dark:bg-sunken";

export function Input({ className, placeholder = " ", ...props }: ComponentProps<"input">) {
  return <input dir="auto" placeholder={placeholder} className={cn(fieldClass, "h-8 touch:h-10", className)} {...props} />;
}

/** Grows with its text up to its `max-h-*`. */
export function Textarea({ className, placeholder = " ", ...props }: ComponentProps<"textarea">) {
  return <textarea dir="auto" placeholder={placeholder} className={cn(fieldClass, "field-sizing-content max-h-80 min-h-20 resize-none py-1.5", className)} {...props} />;
}

export function Label({ className, ...props }: ComponentProps<typeof Radix.Root>) {
  return <Radix.Root className={cn("text-sm font-medium text-ink select-none", className)} {...props} />;
}

interface FieldProps {
  label: ReactNode;
  /** What to enter, or what it is for. */
  hint?: ReactNode;
  /** What is wrong and how to mend it. */
  error?: ReactNode;
  className?: string;
  /** Draws the control with the ids that tie label, hint and error to it. */
  children: (ids: { id: string; "aria-describedby"?: string; "aria-invalid"?: true }) => ReactNode;
}

/** A labelled control: `<Field label="Name">{(ids) => <Input {...ids} />}</Field>`. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId();
  const about = `${id}-about`;
  return (
    <div className={cn("flex flex-col gap-1.5", className)}>
      <Label htmlFor={id}>{label}</Label>
      {children({ id, ...(hint || error ? { "aria-describedby": about } : {}), ...(error ? { "aria-invalid": true as const } : {}) })}
      {(error || hint) && (
        <p id={about} className={cn("text-xs", error ? "text-danger" : "text-faint")}>
          {error || hint}
        </p>
      )}
    </div>
  );
}

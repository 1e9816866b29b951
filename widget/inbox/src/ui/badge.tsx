import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./cn.ts";

const badge = cva("inline-flex h-5 max-w-full shrink-0 items-center gap-1 truncate rounded-xs px-1.5 text-xs font-medium [&_svg]:size-3 [&_svg]:shrink-0", {
  variants: {
    tone: {
      neutral: "bg-hover text-muted",
      accent: "bg-accent-soft text-accent-text",
      danger: "bg-danger-soft text-danger",
      warning: "bg-warning-soft text-warning",
      success: "bg-success-soft text-success",
      info: "bg-info-soft text-info",
      ai: "bg-ai-soft text-ai",
      outline: "border border-line text-muted",
    },
  },
  defaultVariants: { tone: "neutral" },
});

export type Tone = NonNullable<VariantProps<typeof badge>["tone"]>;

/** A word of state. Colour only repeats what the word says. */
export function Badge({ tone, className, ...props }: ComponentProps<"span"> & { tone?: Tone }) {
  return <span className={cn(badge({ tone }), className)} {...props} />;
}

/** A number of unread things; nothing at zero. */
export function Count({ value, label, className }: { value: number; label: string; className?: string }) {
  if (value <= 0) return null;
  return (
    <span
      className={cn("inline-flex h-4 min-w-4 items-center justify-center rounded-full bg-accent px-1 text-[10px] leading-none font-semibold text-accent-on tabular-nums", className)}
    >
      <span aria-hidden>{value > 99 ? "99+" : value}</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}

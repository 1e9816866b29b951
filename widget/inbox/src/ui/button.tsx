import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn.ts";

export const buttonClass = cva(
  "inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-sm border font-medium transition-colors disabled:opacity-50 aria-busy:opacity-70 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "border-transparent bg-accent text-accent-on enabled:hover:bg-accent-hover",
        secondary: "border-line-strong bg-pane text-ink hover:bg-sunken active:bg-hover dark:bg-raised dark:hover:bg-pressed",
        ghost: "border-transparent text-muted hover:bg-hover hover:text-ink active:bg-pressed data-[state=open]:bg-hover data-[state=open]:text-ink",
        danger: "border-transparent bg-danger-fill text-white enabled:hover:brightness-90",
      },
      size: {
        sm: "h-7 px-2 text-xs touch:h-9",
        md: "h-8 px-3 text-sm touch:h-10",
        lg: "h-10 px-4 text-base",
      },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

export interface ButtonProps extends ComponentProps<"button">, VariantProps<typeof buttonClass> {
  /** Draw the only child (a link, say) as a button. */
  asChild?: boolean;
  /** Something is under way: the label stays, presses are ignored. */
  busy?: boolean;
}

export function Button({ className, variant, size, asChild = false, busy = false, onClick, type, ...props }: ButtonProps) {
  const Root = asChild ? Slot.Root : "button";
  return (
    <Root
      className={cn(buttonClass({ variant, size }), className)}
      {...(asChild ? {} : { type: type ?? "button" })}
      {...(busy ? { "aria-busy": true, "aria-disabled": true } : {})}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      {...props}
    />
  );
}

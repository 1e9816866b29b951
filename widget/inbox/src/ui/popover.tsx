import { Popover as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn.ts";
import { surfaceClass } from "./menu.tsx";

export const Popover = Radix.Root;
export const PopoverTrigger = Radix.Trigger;
export const PopoverAnchor = Radix.Anchor;
export const PopoverClose = Radix.Close;

/** Give it an `aria-label`: it is a small dialog. */
export function PopoverContent({ className, align = "start", ...props }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content align={align} sideOffset={4} collisionPadding={8} className={cn(surfaceClass, "w-72 p-3 text-sm outline-none", className)} {...props} />
    </Radix.Portal>
  );
}

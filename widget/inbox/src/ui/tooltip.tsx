import { Tooltip as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Kbd } from "./kbd.tsx";

export const TooltipProvider = Radix.Provider;

interface TooltipProps {
  text: ReactNode;
  shortcut?: string | undefined;
  side?: "top" | "right" | "bottom" | "left";
  /** The element that it is about; it must take a ref and props. */
  children: ReactNode;
}

/** Never the only place for something: touch has no tooltips. */
export function Tooltip({ text, shortcut, side = "bottom", children }: TooltipProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 flex max-w-72 items-center gap-2 rounded-sm border border-line bg-raised px-2 py-1 text-xs text-ink shadow-raised data-[state=delayed-open]:animate-fade"
        >
          {text}
          {shortcut && <Kbd keys={shortcut} className="touch:hidden" />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

import type { ComponentProps } from "react";
import { Button, type ButtonProps } from "./button.tsx";
import { cn } from "./cn.ts";
import { Tooltip } from "./tooltip.tsx";

export interface IconButtonProps extends Omit<ButtonProps, "children" | "aria-label" | "title" | "asChild"> {
  /** Read aloud and shown in the tooltip. */
  label: string;
  shortcut?: string | undefined;
  side?: ComponentProps<typeof Tooltip>["side"];
  children: ButtonProps["children"];
  "data-close"?: "";
}

const square = { sm: "size-7 touch:size-9", md: "size-8 touch:size-10", lg: "size-10" } as const;

export function IconButton({ label, shortcut, side, variant = "ghost", size = "md", className, ...props }: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut} {...(side ? { side } : {})}>
      <Button aria-label={label} variant={variant} size={size} className={cn(square[size ?? "md"], "p-0", className)} {...props} />
    </Tooltip>
  );
}

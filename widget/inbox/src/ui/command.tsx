import { Command as Cmdk } from "cmdk";
import { Search } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn.ts";
import { Kbd } from "./kbd.tsx";
import { itemClass } from "./menu.tsx";

/** A searchable list: in a dialog the palette, in a popover a picker (tags, assignees, macros). */
export function Command({ className, ...props }: ComponentProps<typeof Cmdk>) {
  return <Cmdk loop className={cn("flex min-h-0 flex-col", className)} {...props} />;
}

export function CommandInput({ className, ...props }: ComponentProps<typeof Cmdk.Input>) {
  return (
    <div className="flex shrink-0 items-center gap-2.5 border-b border-line px-4">
      <Search className="size-4 shrink-0 text-faint" aria-hidden />
      <Cmdk.Input className={cn("h-11 w-full bg-transparent text-base outline-none", className)} {...props} />
    </div>
  );
}

export function CommandList({ className, ...props }: ComponentProps<typeof Cmdk.List>) {
  return <Cmdk.List className={cn("min-h-0 flex-1 scroll-py-1 overflow-y-auto p-1", className)} {...props} />;
}

export function CommandGroup({ className, ...props }: ComponentProps<typeof Cmdk.Group>) {
  return (
    <Cmdk.Group
      className={cn("[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-faint", className)}
      {...props}
    />
  );
}

interface CommandItemProps extends ComponentProps<typeof Cmdk.Item> {
  icon?: ReactNode;
  shortcut?: string | undefined;
}

export function CommandItem({ className, icon, shortcut, children, ...props }: CommandItemProps) {
  return (
    <Cmdk.Item className={cn(itemClass, "min-h-9", className)} {...props}>
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {shortcut && <Kbd keys={shortcut} className="touch:hidden" />}
    </Cmdk.Item>
  );
}

export function CommandEmpty({ className, ...props }: ComponentProps<typeof Cmdk.Empty>) {
  return <Cmdk.Empty className={cn("px-4 py-10 text-center text-sm text-muted", className)} {...props} />;
}

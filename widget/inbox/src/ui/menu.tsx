import { Check, ChevronRight } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn.ts";
import { Kbd } from "./kbd.tsx";

export const surfaceClass = "z-50 overflow-hidden rounded-md border border-line bg-raised text-ink shadow-raised data-[state=open]:animate-pop";
export const itemClass =
  "relative flex min-h-8 w-full select-none items-center gap-2 rounded-sm px-2 py-1 text-sm outline-none touch:min-h-10 lit:bg-hover off:opacity-50 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-muted";

export const Menu = Radix.Root;
export const MenuTrigger = Radix.Trigger;
export const MenuSub = Radix.Sub;
export const MenuRadioGroup = Radix.RadioGroup;

export function MenuContent({ className, align = "start", ...props }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        align={align}
        sideOffset={4}
        collisionPadding={8}
        className={cn(surfaceClass, "max-h-(--radix-dropdown-menu-content-available-height) min-w-48 overflow-y-auto p-1", className)}
        {...props}
      />
    </Radix.Portal>
  );
}

interface MenuItemProps extends ComponentProps<typeof Radix.Item> {
  icon?: ReactNode;
  shortcut?: string | undefined;
  danger?: boolean;
}

export function MenuItem({ className, icon, shortcut, danger = false, children, ...props }: MenuItemProps) {
  return (
    <Radix.Item className={cn(itemClass, danger && "text-danger [&>svg]:text-danger", className)} {...props}>
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {shortcut && <Kbd keys={shortcut} className="touch:hidden" />}
    </Radix.Item>
  );
}

const indicator = (
  <Radix.ItemIndicator className="absolute end-2">
    <Check className="size-4 text-accent-text" aria-hidden />
  </Radix.ItemIndicator>
);

export function MenuCheckbox({ className, children, ...props }: ComponentProps<typeof Radix.CheckboxItem>) {
  return (
    <Radix.CheckboxItem className={cn(itemClass, "pe-8", className)} {...props}>
      {children}
      {indicator}
    </Radix.CheckboxItem>
  );
}

export function MenuRadio({ className, children, ...props }: ComponentProps<typeof Radix.RadioItem>) {
  return (
    <Radix.RadioItem className={cn(itemClass, "pe-8", className)} {...props}>
      {children}
      {indicator}
    </Radix.RadioItem>
  );
}

/** The row that opens a submenu, and its content: `<MenuSub><MenuSubTrigger/><MenuSubContent/></MenuSub>`. */
export function MenuSubTrigger({ className, icon, children, ...props }: ComponentProps<typeof Radix.SubTrigger> & { icon?: ReactNode }) {
  return (
    <Radix.SubTrigger className={cn(itemClass, "data-[state=open]:bg-hover", className)} {...props}>
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      <ChevronRight className="rtl:-scale-x-100" aria-hidden />
    </Radix.SubTrigger>
  );
}

export function MenuSubContent({ className, ...props }: ComponentProps<typeof Radix.SubContent>) {
  return (
    <Radix.Portal>
      <Radix.SubContent sideOffset={4} alignOffset={-5} collisionPadding={8} className={cn(surfaceClass, "min-w-40 p-1", className)} {...props} />
    </Radix.Portal>
  );
}

export function MenuLabel({ className, ...props }: ComponentProps<typeof Radix.Label>) {
  return <Radix.Label className={cn("px-2 pt-1.5 pb-1 text-xs text-faint", className)} {...props} />;
}

export function MenuSeparator() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;
}

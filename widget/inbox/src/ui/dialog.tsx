import { cva, type VariantProps } from "class-variance-authority";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { app } from "../i18n/app.ts";
import { cn } from "./cn.ts";
import { useFocusReturn } from "./focus.ts";
import { IconButton } from "./icon-button.tsx";

export const Dialog = Radix.Root;
export const DialogTrigger = Radix.Trigger;
export const DialogClose = Radix.Close;

const frame = cva("fixed z-40 flex flex-col border-line bg-raised text-ink shadow-raised outline-none", {
  variants: {
    place: {
      // On phones a dialog is a sheet from below, above the keyboard.
      center:
        "inset-x-0 bottom-0 max-h-[90dvh] rounded-t-lg border-t pb-[env(safe-area-inset-bottom)] [--from-y:8px] data-[state=open]:animate-edge sm:inset-x-auto sm:top-[14dvh] sm:bottom-auto sm:left-1/2 sm:max-h-[72dvh] sm:w-[calc(100vw-2rem)] sm:-translate-x-1/2 sm:rounded-lg sm:border sm:pb-0 sm:data-[state=open]:animate-fade",
      end: "inset-y-0 end-0 w-[min(26rem,100vw)] border-s pb-[env(safe-area-inset-bottom)] [--from-x:12px] data-[state=open]:animate-edge rtl:[--from-x:-12px]",
      start: "inset-y-0 start-0 w-[min(20rem,88vw)] border-e pb-[env(safe-area-inset-bottom)] [--from-x:-12px] data-[state=open]:animate-edge rtl:[--from-x:12px]",
    },
    size: { sm: "sm:max-w-sm", md: "sm:max-w-lg", lg: "sm:max-w-3xl" },
  },
  defaultVariants: { place: "center", size: "md" },
});

interface DialogContentProps extends Omit<ComponentProps<typeof Radix.Content>, "title">, VariantProps<typeof frame> {
  title: ReactNode;
  /** Under the title. */
  text?: ReactNode;
  /** Buttons, the main one last. */
  footer?: ReactNode;
  /** Without heading, padding and close button: the content draws itself. The title is still read aloud. */
  bare?: boolean;
}

/** A modal dialog; with `place="end"` a sheet at the side. */
export function DialogContent({ title, text, footer, bare = false, place, size, className, children, ...props }: DialogContentProps) {
  const t = app.use();
  return (
    <Radix.Portal>
      <Radix.Overlay className="fixed inset-0 z-40 bg-overlay data-[state=open]:animate-fade" />
      <Radix.Content
        className={cn(frame({ place, size }), className)}
        {...useFocusReturn()}
        {...(text ? {} : { "aria-describedby": undefined })}
        {...props}
      >
        {bare ? (
          <Radix.Title className="sr-only">{title}</Radix.Title>
        ) : (
          <header className="py-4 ps-5 pe-14">
            <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
            {text && <Radix.Description className="mt-0.5 text-sm text-muted">{text}</Radix.Description>}
          </header>
        )}
        {bare ? children : children && <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>}
        {footer && <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">{footer}</footer>}
        {/* Last, so that the focus starts in the content. */}
        {!bare && (
          <Radix.Close asChild>
            <IconButton label={t("close")} data-close="" className="absolute end-3 top-3">
              <X aria-hidden />
            </IconButton>
          </Radix.Close>
        )}
      </Radix.Content>
    </Radix.Portal>
  );
}

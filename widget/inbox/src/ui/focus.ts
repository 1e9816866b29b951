import { useCallback, useRef, type RefCallback } from "react";

/** Without links: Radix passes over them too, and would end at the close button. */
const USABLE = ":is(button, input, textarea, select, [tabindex='0']):not(:disabled, [data-close])";

/** Where the focus came from when it moved last; null: from nowhere. */
let from: EventTarget | null = null;
document.addEventListener("focusin", ({ relatedTarget }) => (from = relatedTarget), true);

/**
 * Where the focus goes when a dialog opens and closes, as props for its content. Back to where it was, also for dialogs without
 * a trigger, which Radix would leave without focus. With nothing in it to use but its close button, the dialog itself takes it:
 * a button with a ring and a tooltip would shout.
 */
export function useFocusReturn(): { ref: RefCallback<HTMLElement>; onOpenAutoFocus: (event: Event) => void; onCloseAutoFocus: (event: Event) => void } {
  const before = useRef<EventTarget | null>(null);
  // Drawn, and before Radix moves the focus; a field that takes it by itself (`focusOnMount`) was quicker.
  const ref = useCallback((dialog: HTMLElement | null) => {
    if (dialog) before.current = dialog.contains(document.activeElement) ? from : document.activeElement;
  }, []);
  return {
    ref,
    onOpenAutoFocus: (event) => {
      const dialog = event.currentTarget as HTMLElement;
      if (dialog.querySelector(USABLE)) return;
      event.preventDefault();
      dialog.focus();
    },
    onCloseAutoFocus: (event) => {
      // Safari does not focus a button that is clicked: then Radix knows the trigger.
      if (!(before.current instanceof HTMLElement) || before.current === document.body) return;
      event.preventDefault();
      before.current.focus();
    },
  };
}

/** A ref for the field that a person came here to fill in. Where they asked for it: pages and parts that opened by themselves take no focus. */
export const focusOnMount = (element: HTMLElement | null): void => element?.focus();

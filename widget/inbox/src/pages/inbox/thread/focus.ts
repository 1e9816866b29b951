let wanted = false;

/** The button that was pressed goes away with its thread: the next one takes the focus, for keyboards and screen readers. */
export function wantFocus(): void {
  wanted = true;
}

/** Where nothing else has taken it meanwhile. */
export function takeFocus(element: HTMLElement | null): void {
  if (!wanted) return;
  wanted = false;
  if (document.activeElement === null || document.activeElement === document.body) element?.focus({ preventScroll: true });
}

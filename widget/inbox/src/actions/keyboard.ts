import { isApple } from "#ui/kbd.tsx";
import { availableActions, perform, singleKeys } from "./registry.ts";

const SEQUENCE_MS = 1000;
const OVERLAY = ":is([role=dialog],[role=alertdialog],[role=menu],[role=listbox])[data-state=open]";

/** The event as it is written in `Action.shortcut`; `undefined` for modifiers alone and for combinations we never use. */
export function chord(event: KeyboardEvent): string | undefined {
  let key = event.key.toLowerCase();
  if (["shift", "control", "alt", "meta", "dead", "process", "unidentified"].includes(key)) return undefined;
  // Other scripts: the letter on the key's place in a Latin layout.
  if (key.length === 1 && key > "\u007f" && /^Key[A-Z]$/.test(event.code)) key = event.code.slice(3).toLowerCase();
  if (key === " ") key = "space";
  const mod = isApple ? event.metaKey : event.ctrlKey;
  if (isApple ? event.ctrlKey : event.metaKey) return undefined;
  const shift = event.shiftKey && (key.length > 1 || /[a-z]/.test(key) || mod);
  return `${mod ? "mod+" : ""}${event.altKey ? "alt+" : ""}${shift ? "shift+" : ""}${key}`;
}

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !/^(button|checkbox|radio|range|color|file|submit|reset)$/.test(target.type);
}

/** Listens for the shortcuts of all offered actions; returns the function that stops it. */
export function listen(): () => void {
  let begun: { keys: string; at: number } | undefined;

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const pressed = chord(event);
    if (!pressed) return;
    const held = pressed.startsWith("mod+");
    if (!held && (isTyping(event.target) || !singleKeys.get())) return;
    if (document.querySelector(OVERLAY)) return;

    const actions = availableActions().reverse();
    const sequence = begun && event.timeStamp - begun.at < SEQUENCE_MS ? `${begun.keys} ${pressed}` : pressed;
    begun = undefined;
    // A capital moves through a list as its small letter does; elsewhere it may be a shortcut of its own.
    const small = /^shift\+([a-z])$/.exec(pressed)?.[1];
    const action =
      actions.find(({ shortcut }) => shortcut === sequence) ??
      actions.find(({ shortcut }) => shortcut === pressed) ??
      actions.find(({ shortcut, repeats }) => repeats && shortcut === small);
    if (action) {
      event.preventDefault();
      if (!event.repeat || action.repeats) void perform(action);
    } else if (actions.some(({ shortcut }) => shortcut?.startsWith(`${pressed} `))) {
      event.preventDefault();
      begun = { keys: pressed, at: event.timeStamp };
    }
  };

  addEventListener("keydown", onKeyDown);
  return () => removeEventListener("keydown", onKeyDown);
}

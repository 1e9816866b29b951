import { app } from "../i18n/app.ts";
import { cn } from "./cn.ts";

export const isApple = /mac|iphone|ipad/i.test(navigator.platform);

const symbols: Record<string, string> = {
  mod: isApple ? "⌘" : "Ctrl",
  shift: isApple ? "⇧" : "Shift",
  alt: isApple ? "⌥" : "Alt",
  enter: "↵",
  escape: "Esc",
  arrowup: "↑",
  arrowdown: "↓",
  backspace: "⌫",
};

const symbol = (key: string): string => symbols[key] ?? (key.length === 1 ? key.toUpperCase() : key);

/** A shortcut as keys: `mod+k`, `g i` (one after the other), `?`. */
export function Kbd({ keys, className }: { keys: string; className?: string }) {
  const t = app.use();
  return (
    <span dir="ltr" className={cn("inline-flex items-center gap-1 font-sans", className)}>
      {keys.split(" ").map((chord, index) => (
        <span key={index} className="inline-flex items-center gap-0.5">
          {index > 0 && <span className="pe-0.5 text-xs text-faint">{t("shortcuts.then")}</span>}
          {chord.split(/\+(?=.)/).map((key) => (
            <kbd
              key={key}
              className="inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-xs border border-line bg-sunken px-1 font-sans text-[11px] leading-none text-muted"
            >
              {symbol(key)}
            </kbd>
          ))}
        </span>
      ))}
    </span>
  );
}

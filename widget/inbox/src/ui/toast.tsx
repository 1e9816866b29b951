import { store } from "#shared/store.ts";
import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { app } from "../i18n/app.ts";
import { useStore } from "../use-store.ts";
import { Button } from "./button.tsx";
import { IconButton } from "./icon-button.tsx";

interface Message {
  title: string;
  text?: string;
  tone?: keyof typeof tones;
  /** "Undo", "Retry": what can still be done about it. */
  action?: { label: string; perform: () => unknown };
  /** Milliseconds on screen; longer by itself with an action. Zero: until closed. */
  lasts_ms?: number;
  /** A later toast of the same key takes the place of the earlier. */
  key?: string;
}

const tones = {
  info: [Info, "text-info"],
  success: [CircleCheck, "text-success"],
  warning: [TriangleAlert, "text-warning"],
  error: [CircleAlert, "text-danger"],
} as const;
const AT_ONCE = 3;

type Shown = Message & { id: number };
const shown = store<readonly Shown[]>([]);
let last = 0;

/** Says that something happened, without stopping anyone; returns the function that takes it back. */
export function toast(message: Message): () => void {
  const id = ++last;
  const others = shown.get().filter(({ key }) => key === undefined || key !== message.key);
  shown.set([...others, { ...message, id }].slice(-AT_ONCE));
  return () => close(id);
}

function close(id: number): void {
  shown.set(shown.get().filter((message) => message.id !== id));
}

/** Stands once, in the shell. Above the bottom bar on phones; a live region, so it is read aloud. */
export function Toaster() {
  const messages = useStore(shown);
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-3 bottom-[calc(4.25rem+env(safe-area-inset-bottom))] z-50 flex flex-col gap-2 md:inset-x-auto md:end-5 md:bottom-5 md:w-88"
    >
      {messages.map((message) => (
        <Toast key={message.id} message={message} />
      ))}
    </div>
  );
}

function Toast({ message: { id, title, text, tone = "info", action, lasts_ms } }: { message: Shown }) {
  const t = app.use();
  const [held, setHeld] = useState(false);
  const left = useRef(lasts_ms ?? (action || tone === "error" ? 8000 : 4500));
  const [Icon, color] = tones[tone];

  // Time stands still while the toast is pointed at or focused.
  useEffect(() => {
    if (held || left.current === 0) return undefined;
    const started = performance.now();
    const timer = setTimeout(() => close(id), left.current);
    return () => {
      clearTimeout(timer);
      left.current = Math.max(1000, left.current - (performance.now() - started));
    };
  }, [held, id]);

  return (
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-auto flex animate-edge items-start gap-2.5 rounded-md border border-line bg-raised py-2 ps-3 pe-2 text-sm shadow-raised [--from-y:6px]"
    >
      <Icon className={`mt-1.5 size-4 shrink-0 ${color}`} aria-hidden />
      <div className="min-w-0 flex-1 py-1">
        <p className="font-medium">{title}</p>
        {text && <p className="text-xs text-muted">{text}</p>}
      </div>
      {action && (
        <Button
          variant="ghost"
          size="sm"
          className="text-accent-text"
          onClick={() => {
            close(id);
            void action.perform();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton label={t("close")} size="sm" onClick={() => close(id)}>
        <X aria-hidden />
      </IconButton>
    </div>
  );
}

import { isBoolean, load, save } from "#shared/storage.ts";
import { Fragment, useCallback, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from "react";
import { app } from "../i18n/app.ts";
import { cn } from "./cn.ts";

export interface Pane {
  id: string;
  /** For people: "Conversations". Names the pane and the handle that resizes it. */
  label: string;
  /** Width in pixels at first, least and most; the one pane without it takes the rest. */
  width?: { start: number; min: number; max: number };
  /** Shown only from this screen width on: `lg` 1024, `xl` 1280. */
  from?: "lg" | "xl";
  hidden?: boolean;
  className?: string;
  content: ReactNode;
}

interface PanesProps {
  /** Widths are remembered under this name. */
  id: string;
  panes: readonly Pane[];
  /** The pane that a phone shows. */
  active: string;
  className?: string;
}

const STEP = 16;
const shown = { lg: "md:max-lg:hidden", xl: "md:max-xl:hidden" } as const;

type Widths = Record<string, number>;
const isWidths = (value: unknown): value is Widths =>
  typeof value === "object" && value !== null && !isBoolean(value) && Object.values(value).every((width) => typeof width === "number" && Number.isFinite(width));

const clamp = (value: number, { min, max }: { min: number; max: number }): number => Math.min(max, Math.max(min, Math.round(value)));

/** Panes side by side with handles between them; one at a time on phones. Every pane is a named landmark. */
export function Panes({ id, panes, active, className }: PanesProps) {
  const [widths, setWidths] = useState<Widths>(() => load(`panes.${id}`, {}, isWidths));
  const rest = panes.findIndex((pane) => !pane.width);

  const resize = useCallback(
    (pane: string, width: number | undefined) =>
      setWidths((before) => {
        const { [pane]: _, ...others } = before;
        const after = width === undefined ? others : { ...others, [pane]: width };
        save(`panes.${id}`, after);
        return after;
      }),
    [id],
  );

  return (
    <div className={cn("flex h-full min-h-0 min-w-0", className)}>
      {panes.map((pane, index) => {
        if (pane.hidden) return null;
        const before = index < rest;
        const width = pane.width ? clamp(widths[pane.id] ?? pane.width.start, pane.width) : undefined;
        const handle = pane.width && <Handle pane={pane} bounds={pane.width} width={width!} before={before} resize={resize} className={pane.from && shown[pane.from]} />;
        return (
          <Fragment key={pane.id}>
          {!before && handle}
          <section
            aria-label={pane.label}
            data-pane={pane.id}
            data-active={pane.id === active || undefined}
            className={cn(
              "flex min-h-0 min-w-0 flex-col max-md:w-full! max-md:flex-1! max-md:min-w-0!",
              pane.id !== active && "max-md:hidden",
              pane.from && shown[pane.from],
              pane.className,
            )}
            style={pane.width ? { flex: `0 1 ${width}px`, minWidth: pane.width.min } : { flex: "1 1 0", minWidth: 280 }}
          >
            {pane.content}
          </section>
          {before && handle}
          </Fragment>
        );
      })}
    </div>
  );
}

interface HandleProps {
  pane: Pane;
  bounds: { start: number; min: number; max: number };
  width: number;
  /** Whether the pane stands before the flexible one, so that its handle is at its end. */
  before: boolean;
  resize: (pane: string, width: number | undefined) => void;
  className?: string | undefined;
}

function Handle({ pane, bounds, width, before, resize, className }: HandleProps) {
  const t = app.use();
  const drag = useRef<{ x: number; width: number } | undefined>(undefined);

  /** +1 when moving right makes the pane wider. */
  const sign = (element: Element): 1 | -1 => ((getComputedStyle(element).direction === "rtl") === before ? -1 : 1);

  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, width };
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    const from = drag.current;
    if (from) resize(pane.id, clamp(from.width + (event.clientX - from.x) * sign(event.currentTarget), bounds));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = (event.shiftKey ? 4 : 1) * STEP * sign(event.currentTarget);
    const next = { ArrowRight: width + step, ArrowLeft: width - step, Home: bounds.min, End: bounds.max }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    resize(pane.id, clamp(next, bounds));
  };

  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={t("resize", { name: pane.label })}
      aria-valuenow={width}
      aria-valuemin={bounds.min}
      aria-valuemax={bounds.max}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => (drag.current = undefined)}
      onPointerCancel={() => (drag.current = undefined)}
      onDoubleClick={() => resize(pane.id, undefined)}
      onKeyDown={onKeyDown}
      className={cn(
        "relative z-10 w-px shrink-0 cursor-col-resize touch-none bg-line outline-none max-md:hidden",
        "before:absolute before:inset-y-0 before:-inset-x-1.5 after:absolute after:inset-y-0 after:-inset-x-px after:transition-colors hover:after:bg-line-strong active:after:bg-accent focus-visible:after:bg-accent-text",
        className,
      )}
    />
  );
}

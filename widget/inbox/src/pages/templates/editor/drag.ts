import { useRef, useState, type PointerEvent } from "react";
import { moved } from "./items.ts";

interface Dragging {
  from: number;
  to: number;
}

/**
 * Moves rows of a list by a handle: with a pointer of any kind, and with the arrow keys while the handle has the focus. `row` is asked for the
 * elements of the list, in their order.
 */
export function useDrag<T>(list: readonly T[], rows: () => HTMLElement[], onMove: (list: T[], from: number, to: number) => void): { dragging: Dragging | undefined; handle: (place: number) => object } {
  const [dragging, setDragging] = useState<Dragging>();
  const held = useRef<Dragging>(undefined);
  const hold = (next: Dragging | undefined): void => {
    held.current = next;
    setDragging(next);
  };
  const move = (from: number, to: number): void => {
    if (from !== to && to >= 0 && to < list.length) onMove(moved(list, from, to), from, to);
  };
  const over = (from: number, y: number): number => {
    const middles = rows().map((row) => {
      const { top, height } = row.getBoundingClientRect();
      return top + height / 2;
    });
    const before = middles.filter((middle, place) => place !== from && middle < y).length;
    return Math.min(before, list.length - 1);
  };
  return {
    dragging,
    handle: (place) => ({
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        hold({ from: place, to: place });
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => held.current && hold({ from: place, to: over(place, event.clientY) }),
      onPointerUp: () => {
        if (held.current) move(held.current.from, held.current.to);
        hold(undefined);
      },
      onPointerCancel: () => hold(undefined),
      onKeyDown: (event: React.KeyboardEvent) => {
        if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
        event.preventDefault();
        move(place, place + (event.key === "ArrowUp" ? -1 : 1));
      },
    }),
  };
}

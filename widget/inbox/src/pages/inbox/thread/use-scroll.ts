import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from "react";

const NEAR_END = 64;
const NEAR_START = 600;

interface ScrollOptions {
  /** Of the first and last thing in the thread. */
  firstKey: string | undefined;
  lastKey: string | undefined;
  /** Older ones can be loaded. */
  loadOlder: (() => void) | undefined;
}

interface Scroll {
  scroller: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  onScroll: () => void;
  /** The newest is in sight; what comes keeps it there. */
  atEnd: boolean;
  toEnd: () => void;
  /** Something in the thread is about to change its height: its end is not followed for it. */
  hold: () => void;
}

/**
 * A thread is read from its end: it opens there (or at the mark of what is new), stays there while it grows, and keeps what is being read in
 * its place while older pages come in above.
 */
export function useThreadScroll({ firstKey, lastKey, loadOlder }: ScrollOptions): Scroll {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const stuck = useRef(true);
  const before = useRef<{ first: string | undefined; fromEnd: number }>({ first: undefined, fromEnd: 0 });

  const remember = useCallback(() => {
    const box = scroller.current;
    if (box) before.current.fromEnd = box.scrollHeight - box.scrollTop;
  }, []);

  const onScroll = useCallback(() => {
    const box = scroller.current;
    if (!box) return;
    stuck.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
    setAtEnd(stuck.current);
    remember();
    if (box.scrollTop < NEAR_START) loadOlder?.();
  }, [loadOlder, remember]);

  const toEnd = useCallback(() => {
    const box = scroller.current;
    if (!box) return;
    stuck.current = true;
    setAtEnd(true);
    box.scrollTop = box.scrollHeight;
  }, []);

  const hold = useCallback(() => {
    stuck.current = false;
    requestAnimationFrame(onScroll);
  }, [onScroll]);

  // Older ones came in above: what was on screen stays where it was.
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box || firstKey === undefined) return;
    const { first, fromEnd } = before.current;
    before.current.first = firstKey;
    if (first === undefined) {
      box.scrollTop = box.scrollHeight;
      const mark = box.querySelector<HTMLElement>("[data-new]");
      if (mark && mark.offsetTop < box.scrollTop) {
        box.scrollTop = mark.offsetTop - 16;
        stuck.current = false;
        setAtEnd(box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END);
      }
    } else if (first !== firstKey && !stuck.current) box.scrollTop = box.scrollHeight - fromEnd;
    remember();
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- also after what came in below
  }, [firstKey, lastKey, remember]);

  // Pictures load, the window and the composer change height: the end stays in sight.
  useLayoutEffect(() => {
    const [box, inner] = [scroller.current, content.current];
    if (!box || !inner) return undefined;
    const observer = new ResizeObserver(() => {
      if (stuck.current) box.scrollTop = box.scrollHeight;
    });
    observer.observe(inner);
    observer.observe(box);
    return () => observer.disconnect();
  }, []);

  return { scroller, content, onScroll, atEnd, toEnd, hold };
}

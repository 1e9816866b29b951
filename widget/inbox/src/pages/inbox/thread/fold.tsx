import { Button } from "#ui/button.tsx";
import { cn } from "#ui/cn.ts";
import { ChevronDown } from "lucide-react";
import { useId, useLayoutEffect, useRef, useState, type FocusEvent, type ReactNode } from "react";
import { texts } from "../texts.ts";

const LINES = 12;
const SPARE = 3; // lines more than that are not worth a button

interface FoldProps {
  /** Called before it grows or shrinks. */
  beforeChange: () => void;
  children: ReactNode;
}

/**
 * Shows the first lines of something long, and the rest on demand. All of it stays in the page: it is read aloud and found by search, and what
 * gets the focus or is scrolled to inside opens it.
 */
export function Fold({ beforeChange, children }: FoldProps) {
  const t = texts.use();
  const id = useId();
  const content = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [isLong, setLong] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const isFolded = isLong && !isOpen;

  useLayoutEffect(() => {
    const box = content.current!;
    setLong(box.scrollHeight > (LINES + SPARE) * parseFloat(getComputedStyle(box).lineHeight));
  }, []);

  const turn = (open: boolean): void => {
    beforeChange();
    setOpen(open);
    if (!open) requestAnimationFrame(() => button.current?.scrollIntoView({ block: "nearest" }));
  };
  const onFocus = (event: FocusEvent): void => {
    if (isFolded && event.target.getBoundingClientRect().bottom > content.current!.getBoundingClientRect().bottom) turn(true);
  };

  return (
    <>
      <div
        ref={content}
        id={id}
        onFocus={onFocus}
        onScroll={() => isFolded && turn(true)}
        style={isFolded ? { maxHeight: `${LINES}lh` } : undefined}
        className={cn(isFolded && "overflow-hidden [mask-image:linear-gradient(to_bottom,black_calc(100%-3rem),transparent)]")}
      >
        {children}
      </div>
      {isLong && (
        <Button ref={button} variant="ghost" size="sm" aria-expanded={isOpen} aria-controls={id} onClick={() => turn(!isOpen)} className="-mb-0.5 self-start px-1.5">
          <ChevronDown className={cn("transition-transform", isOpen && "rotate-180")} aria-hidden />
          {t(isOpen ? "message.less" : "message.all")}
        </Button>
      )}
    </>
  );
}

/** Whether it is worth measuring. */
export const mayBeLong = (text: string): boolean => text.length > 500 || text.split("\n").length > LINES / 2;

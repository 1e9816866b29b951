import { useEffect, useState } from "react";
import { cn } from "./cn.ts";

const PATIENCE_MS = 1000;

interface SandboxedPageProps {
  title: string;
  /** A whole document. */
  page: string;
  /** What it may do; nothing if not given. */
  sandbox?: string;
  /** Of the box it fills. */
  className?: string;
  tabIndex?: number;
}

/**
 * A document that nobody trusts, in a frame of its own. One that follows is drawn behind the one that is shown, and takes its place once it stands (its
 * pictures may come later): nothing flickers, and no frame is ever sent to a second document, which leaves it empty when it was still on its way to the first.
 */
export function SandboxedPage({ title, page, sandbox = "", className, tabIndex }: SandboxedPageProps) {
  const [shown, setShown] = useState(page);
  const isNext = page !== shown;
  useEffect(() => {
    if (!isNext) return undefined;
    const timer = setTimeout(() => setShown(page), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isNext, page]);
  const look = "absolute inset-0 size-full border-0 bg-white [color-scheme:light]";
  return (
    <div className={cn("relative overflow-hidden bg-white", className)}>
      {[
        <iframe key={shown} title={title} sandbox={sandbox} srcDoc={shown} tabIndex={tabIndex} className={look} />,
        // oxlint-disable-next-line jsx-a11y/iframe-has-title -- nobody meets it before it is shown
        isNext && <iframe key={page} aria-hidden inert sandbox={sandbox} srcDoc={page} onLoad={() => setShown(page)} tabIndex={-1} className={cn(look, "invisible")} />,
      ]}
    </div>
  );
}

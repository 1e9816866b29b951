import { useRouter } from "@tanstack/react-router";
import { Suspense, useState, type ReactNode } from "react";
import { hrefOf } from "./href.ts";
import { opened } from "./opens.ts";

interface PanelLinkProps {
  href: string;
  conversation: number | undefined;
  className?: string;
  children: ReactNode;
}

/** A link of a panel: outward in a tab of its own, to a page of ours without a reload, or, where a module can show it in place, over this page. */
export function PanelLink({ href, conversation, className, children }: PanelLinkProps) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const safe = hrefOf(href);
  if (!safe) return children;
  if (!safe.startsWith("/app/")) {
    const outward = safe.startsWith("/") ? {} : { target: "_blank", rel: "noopener noreferrer" };
    return (
      <a href={safe} {...outward} className={className}>
        {children}
      </a>
    );
  }
  const place = opened(safe);
  return (
    <>
      <a
        href={safe}
        className={className}
        onPointerEnter={() => void place?.Content.preload()}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          if (place) setOpen(true);
          else router.history.push(safe);
        }}
      >
        {children}
      </a>
      {place && isOpen && (
        <Suspense>
          <place.Content search={new URLSearchParams(safe.split("?")[1] ?? "")} conversation={conversation} close={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

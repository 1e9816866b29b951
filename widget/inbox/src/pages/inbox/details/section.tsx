import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";

/** A part of the details that can be folded. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details open className="group border-t border-line first:border-t-0">
      <summary className="flex h-10 list-none items-center justify-between px-4 text-xs font-semibold text-muted hover:text-ink focus-visible:-outline-offset-2 [&::-webkit-details-marker]:hidden">
        <h3>{title}</h3>
        <ChevronDown className="size-4 text-faint transition-transform group-not-open:-rotate-90 rtl:group-not-open:rotate-90" aria-hidden />
      </summary>
      <div className="px-4 pb-4">{children}</div>
    </details>
  );
}

/** A name and what it is, one row. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex min-h-8 items-center gap-2 text-sm">
      <dt className="w-24 shrink-0 text-muted">{label}</dt>
      <dd className="min-w-0 flex-1">{children}</dd>
    </div>
  );
}

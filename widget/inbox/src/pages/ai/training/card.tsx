import type { ReactNode } from "react";

export function Card({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-3 rounded-md border border-line bg-pane p-4">
      <div>
        <h2 className="text-sm font-semibold">{title}</h2>
        {text && <p className="mt-0.5 max-w-140 text-sm text-muted">{text}</p>}
      </div>
      {children}
    </section>
  );
}

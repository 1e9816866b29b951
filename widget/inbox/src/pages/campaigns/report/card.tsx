import { useId, type ReactNode } from "react";

/** A part of the report, with what it means under its title. */
export function Card({ title, text, end, children }: { title: string; text: string; end?: ReactNode; children?: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col gap-3 rounded-md border border-line bg-pane p-4">
      <header className="flex items-start justify-between gap-3">
        <div>
          <h3 id={id} className="text-base font-semibold">
            {title}
          </h3>
          <p className="text-xs text-muted">{text}</p>
        </div>
        {end}
      </header>
      {children}
    </section>
  );
}

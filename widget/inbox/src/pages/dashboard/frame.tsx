import type { ReactNode } from "react";

export function Heading({ title, text, end }: { title: string; text?: string | undefined; end?: ReactNode }) {
  return (
    <header className="mb-2 flex flex-wrap items-end justify-between gap-2">
      <div>
        <h2 className="text-base font-semibold">{title}</h2>
        {text && <p className="text-sm text-muted">{text}</p>}
      </div>
      {end}
    </header>
  );
}

export const Card = ({ children }: { children: ReactNode }) => <div className="rounded-md border border-line bg-pane p-4">{children}</div>;


import type { Report } from "#shared/wire.ts";
import { buttonClass } from "#ui/button.tsx";
import { Tooltip } from "#ui/tooltip.tsx";
import { Download, Info } from "lucide-react";
import type { ReactNode } from "react";
import { csvOf } from "./data.ts";
import { texts } from "./texts.ts";

interface CardProps {
  title: string;
  formula?: string;
  report: Report;
  /** What of the report is to be had as CSV. */
  part?: string;
  children: ReactNode;
}

/** A part of a report: its name, how it is made, and the same as a file. */
export function Card({ title, formula, report, part, children }: CardProps) {
  const t = texts.use();
  return (
    <div className="flex min-w-0 flex-col rounded-md border border-line bg-pane">
      <header className="flex h-11 items-center gap-1 ps-4 pe-2">
        <h2 className="me-auto truncate text-sm font-semibold">{title}</h2>
        {formula && (
          <Tooltip text={<span dir="auto" className="whitespace-pre-line">{formula}</span>} side="top">
            <button type="button" aria-label={t("formula", { name: title, formula })} className="rounded-xs p-1.5 text-faint hover:text-ink">
              <Info className="size-4" aria-hidden />
            </button>
          </Tooltip>
        )}
        {part && (
          <Tooltip text={t("csv")}>
            <a href={csvOf(report, part)} download aria-label={t("csv.of", { name: title })} className={buttonClass({ variant: "ghost", size: "sm" })}>
              <Download aria-hidden />
              <span className="max-md:hidden">CSV</span>
            </a>
          </Tooltip>
        )}
      </header>
      <div className="flex min-h-0 min-w-0 flex-col px-4 pb-3">{children}</div>
    </div>
  );
}

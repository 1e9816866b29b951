import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { app } from "../i18n/app.ts";
import { cn } from "./cn.ts";

/** Scrolls sideways by itself on narrow screens; the heading stays in sight. */
export function Table({ className, label, ...props }: ComponentProps<"table"> & { label: string }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard
    <div role="region" aria-label={label} tabIndex={0} className="min-h-0 overflow-auto focus-visible:-outline-offset-2">
      <table aria-label={label} className={cn("w-full border-separate border-spacing-0 text-sm", className)} {...props} />
    </div>
  );
}

export function Th({ className, ...props }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      className={cn("sticky top-0 z-10 h-9 border-b border-line bg-pane px-3 text-start text-xs font-medium whitespace-nowrap text-faint", className)}
      {...props}
    />
  );
}

type Direction = "ascending" | "descending";

interface SortableProps extends Omit<ComponentProps<"th">, "onChange"> {
  label: string;
  sorted: Direction | undefined;
  onSort: (direction: Direction) => void;
  children?: ReactNode;
}

export function SortableTh({ label, sorted, onSort, className, ...props }: SortableProps) {
  const t = app.use();
  const Icon = sorted === "ascending" ? ArrowUp : sorted === "descending" ? ArrowDown : ChevronsUpDown;
  return (
    <Th aria-sort={sorted ?? "none"} className={cn("p-0", className)} {...props}>
      <button
        type="button"
        aria-label={t("sort", { name: label })}
        onClick={() => onSort(sorted === "ascending" ? "descending" : "ascending")}
        className={cn("flex h-9 w-full items-center gap-1 px-3 font-medium hover:text-ink focus-visible:-outline-offset-2", sorted && "text-ink")}
      >
        {label}
        <Icon className={cn("size-3", !sorted && "opacity-50")} aria-hidden />
      </button>
    </Th>
  );
}

export function Tr({ className, ...props }: ComponentProps<"tr">) {
  return <tr className={cn("hover:[&>td]:bg-hover aria-selected:[&>td]:bg-accent-soft", className)} {...props} />;
}

export function Td({ className, ...props }: ComponentProps<"td">) {
  return <td className={cn("h-10 border-b border-line px-3 py-1.5 touch:h-12", className)} {...props} />;
}

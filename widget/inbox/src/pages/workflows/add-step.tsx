import type { StepInfo } from "#shared/wire.ts";
import { cn } from "#ui/cn.ts";
import { Popover, PopoverContent, PopoverTrigger } from "#ui/popover.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { Plus } from "lucide-react";
import { Suspense, useState } from "react";
import { later } from "../../later.tsx";
import { texts } from "./texts.ts";

export const AddMenu = later(() => import("./add-menu.tsx"));

interface AddStepProps {
  steps: readonly StepInfo[];
  onPick: (type: string) => void;
  /** Where it would stand, read aloud. */
  label: string;
  className?: string;
  "data-add"?: string;
}

/** The round button on a line: a menu of all types of steps. */
export function AddStep({ steps, onPick, label, className, ...rest }: AddStepProps) {
  const t = texts.use();
  const [open, setOpen] = useState(false);
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <button
          type="button"
          aria-label={label}
          {...rest}
          className={cn(
            "inline-flex size-6 items-center justify-center rounded-full border border-line-strong bg-pane text-muted transition-colors hover:border-accent-text hover:bg-accent hover:text-accent-on touch:size-9 data-[state=open]:border-accent-text data-[state=open]:bg-accent data-[state=open]:text-accent-on dark:bg-raised",
            className,
          )}
        >
          <Plus className="size-3.5" strokeWidth={2.5} aria-hidden />
        </button>
      </PopoverTrigger>
      {/* The step that was made takes the focus itself. */}
      <PopoverContent align="center" aria-label={t("add")} className="w-80 p-0" onCloseAutoFocus={(event) => open && event.preventDefault()}>
        <Suspense fallback={<SkeletonRows rows={4} />}>
          <AddMenu
            steps={steps}
            onPick={(type) => {
              setOpen(false);
              onPick(type);
            }}
          />
        </Suspense>
      </PopoverContent>
    </Popover>
  );
}

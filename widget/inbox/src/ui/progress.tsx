import { cn } from "./cn.ts";

interface ProgressProps {
  /** 0 to 1; `undefined` while the length of the work is unknown. */
  value: number | undefined;
  label: string;
  className?: string;
}

/** Long work, with its figure beside it. There are no spinners: short work shows skeletons. */
export function Progress({ value, label, className }: ProgressProps) {
  const percent = value === undefined ? undefined : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent === undefined ? {} : { "aria-valuenow": percent })}
      className={cn("h-1.5 w-full overflow-hidden rounded-full bg-pressed", className)}
    >
      <div className={cn("h-full rounded-full bg-accent transition-[width]", percent === undefined && "opacity-40")} style={{ width: `${percent ?? 100}%` }} />
    </div>
  );
}

import { app } from "../i18n/app.ts";
import { cn } from "./cn.ts";

/** A grey shape where something is about to be. It shows only after a moment, so that quick answers do not flicker. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn("block h-3 animate-late rounded-xs bg-pressed", className)} />;
}

/** Rows of a list that loads: avatar, two lines. */
export function SkeletonRows({ rows = 6, avatar = true, className }: { rows?: number; avatar?: boolean; className?: string }) {
  const t = app.use();
  return (
    <div role="status" aria-label={t("loading")} className={cn("flex flex-col gap-5 p-4", className)}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex items-center gap-3" style={{ opacity: 1 - row / (rows + 1) }}>
          {avatar && <Skeleton className="size-8 shrink-0 rounded-full" />}
          <div className="flex flex-1 flex-col gap-2">
            <Skeleton className={row % 2 ? "w-2/5" : "w-3/5"} />
            <Skeleton className={row % 2 ? "w-4/5" : "w-full"} />
          </div>
        </div>
      ))}
    </div>
  );
}

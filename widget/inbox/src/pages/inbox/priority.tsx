import type { ConversationView } from "#shared/wire.ts";
import { Badge } from "#ui/badge.tsx";
import { cn } from "#ui/cn.ts";
import { texts } from "./texts.ts";

export type Priority = ConversationView["priority"];
export const priorities = ["urgent", "high", "medium", "low"] as const satisfies readonly Priority[];

const bars: Record<Priority, number> = { urgent: 4, high: 3, medium: 2, low: 1 };

/** Rising bars: the more, the more urgent. */
export function PriorityIcon({ priority, className }: { priority: Priority; className?: string }) {
  const lit = bars[priority];
  return (
    <svg viewBox="0 0 16 16" className={cn("size-4 shrink-0", priority === "urgent" && "text-danger", className)} aria-hidden>
      {[1, 2, 3, 4].map((bar) => (
        <rect key={bar} x={bar * 3.5 - 2.5} y={14 - bar * 3} width="2.5" height={bar * 3} rx="0.75" fill="currentColor" opacity={bar <= lit ? 1 : 0.25} />
      ))}
    </svg>
  );
}

/** `quiet`: only what stands out. */
export function PriorityMark({ priority, quiet = false }: { priority: Priority; quiet?: boolean }) {
  const t = texts.use();
  if (quiet && (priority === "medium" || priority === "low")) return null;
  return (
    <Badge tone={priority === "urgent" ? "danger" : priority === "high" ? "warning" : "neutral"}>
      <PriorityIcon priority={priority} className="text-current" />
      {t(`priority.${priority}`)}
    </Badge>
  );
}

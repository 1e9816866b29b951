import { Badge } from "#ui/badge.tsx";
import type { Status } from "./data.ts";
import { texts } from "./texts.ts";

const tones = { draft: "neutral", active: "success", paused: "warning" } as const;

export function StateBadge({ status }: { status: Status }) {
  const t = texts.use();
  return (
    <Badge tone={tones[status]}>
      <span className="size-1.5 rounded-full bg-current" aria-hidden />
      {t(`status.${status}`)}
    </Badge>
  );
}

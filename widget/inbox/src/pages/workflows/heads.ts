import type { PublishPreview } from "#shared/wire.ts";

/** How many are at each step, of whichever version. */
export function headsOf(preview: PublishPreview | undefined): Map<string, number> {
  const heads = new Map<string, number>();
  for (const { step_id, active } of preview?.heads ?? []) heads.set(step_id, (heads.get(step_id) ?? 0) + active);
  return heads;
}

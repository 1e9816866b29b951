/** How far a zone is ahead of UTC at an instant, in milliseconds. */
function ahead(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" }).formatToParts(at);
  const [year, month, day, hour, minute, second] = (["year", "month", "day", "hour", "minute", "second"] as const).map((name) => Number(parts.find(({ type }) => type === name)?.value ?? "0"));
  return Date.UTC(year!, month! - 1, day!, hour!, minute!, second!) - Math.floor(at / 1000) * 1000;
}

/**
 * The instant at which clocks of a zone show `local` ("2026-11-27T09:30"); undefined: no time. Where they show it twice, the first time; where they
 * skip it, the moment after.
 */
export function instantOf(local: string, zone: string): Date | undefined {
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc)) return undefined;
  // Of a day before and after: what the zone's clocks were at most and at least ahead by.
  const offsets = [ahead(asUtc - 86_400_000, zone), ahead(asUtc + 86_400_000, zone)].sort((one, other) => other - one);
  for (const offset of offsets) if (ahead(asUtc - offset, zone) === offset) return new Date(asUtc - offset);
  return new Date(asUtc - Math.min(...offsets));
}

/** What clocks of a zone show at an instant, as a field for a time wants it. */
export function localOf(at: Date, zone: string): string {
  return new Date(at.getTime() + ahead(at.getTime(), zone)).toISOString().slice(0, 16);
}

/** The zone of whoever looks. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Whether a browser knows the zone. */
export function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false; // it throws for what it does not know
  }
}

/** The times that a conversation is usually put away until, as the clock on the wall has them. */

export const presets = ["hour", "hours", "tomorrow", "monday"] as const;
export type Preset = (typeof presets)[number];

const HOUR = 3600_000;
const MORNING = 9;

function morning(now: Date, days: number): Date {
  const then = new Date(now);
  then.setDate(then.getDate() + days);
  then.setHours(MORNING, 0, 0, 0);
  return then;
}

export function snoozeTime(preset: Preset, now: Date = new Date()): Date {
  switch (preset) {
    case "hour":
      return new Date(now.getTime() + HOUR);
    case "hours":
      return new Date(now.getTime() + 4 * HOUR);
    case "tomorrow":
      return morning(now, 1);
    case "monday":
      return morning(now, ((8 - now.getDay()) % 7) || 7);
  }
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { instantOf, localOf } from "./zone.ts";

test("a time of a zone is an instant, whatever its clocks do", () => {
  const known: [string, string, string][] = [
    ["2026-01-15T09:30", "UTC", "2026-01-15T09:30:00.000Z"],
    ["2026-01-15T09:30", "Europe/Berlin", "2026-01-15T08:30:00.000Z"],
    ["2026-07-15T09:30", "Europe/Berlin", "2026-07-15T07:30:00.000Z"],
    ["2026-07-15T09:30", "America/New_York", "2026-07-15T13:30:00.000Z"],
    ["2026-07-15T09:30", "Asia/Kolkata", "2026-07-15T04:00:00.000Z"],
    ["2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30:00.000Z"], // shown twice: the first time
    ["2026-03-29T02:30", "Europe/Berlin", "2026-03-29T01:30:00.000Z"], // skipped: half past three
    ["2026-03-29T03:00", "Europe/Berlin", "2026-03-29T01:00:00.000Z"],
  ];
  for (const [local, zone, instant] of known) assert.equal(instantOf(local, zone)?.toISOString(), instant, `${local} ${zone}`);
  assert.equal(instantOf("", "UTC"), undefined);
});

test("every hour of a year comes back as it went", () => {
  for (const zone of ["Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Apia"]) {
    for (let hour = 0; hour < 24 * 366; hour += 7) {
      const at = new Date(Date.UTC(2026, 0, 1, hour));
      const back = instantOf(localOf(at, zone), zone)!;
      // In the hour that clocks show twice, the first of the two.
      assert.ok([0, 1_800_000, 3_600_000].includes(at.getTime() - back.getTime()), `${zone} ${at.toISOString()} ${back.toISOString()}`);
    }
  }
});

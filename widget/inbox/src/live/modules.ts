import type { ServerEvent } from "#shared/wire.ts";

/** What each module's page does when something happens: what it shows is fetched anew. A module's folders can be deleted without an edit here. */
const ofModules = Object.values(import.meta.glob<(event: ServerEvent) => void>("../pages/*/module.live.ts", { eager: true, import: "hear" }));

export function tellModules(event: ServerEvent): void {
  for (const hear of ofModules) hear(event);
}

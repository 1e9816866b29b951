import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../root.tsx";

const text = (value: unknown): string | undefined => (typeof value === "string" && value ? value : undefined);
const number = (value: unknown): number | undefined => (typeof value === "number" && Number.isSafeInteger(value) ? value : undefined);

/** `tab` is the part of a workflow that is looked at, `step` and `run` what is open in it. */
export const route = createRoute({
  getParentRoute: () => shellRoute,
  path: "/workflows/{-$workflow}",
  validateSearch: ({ tab, step, run }: Record<string, unknown>) => ({
    ...(text(tab) ? { tab: text(tab) } : {}),
    ...(text(step) ?? number(step) ? { step: String(step) } : {}),
    ...(number(run) ? { run: number(run) } : {}),
  }),
  component: lazyRouteComponent(() => import("./page.tsx")),
});

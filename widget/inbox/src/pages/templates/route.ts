import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../root.tsx";

export interface TemplatesSearch {
  q?: string;
  /** The template that is open, or `new`. */
  template?: number | "new";
  /** What a new one begins with. */
  from?: string;
}

export const templatesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/campaigns/templates",
  validateSearch: ({ q, template, from }: Record<string, unknown>): TemplatesSearch => ({
    ...(typeof q === "string" && q ? { q } : typeof q === "number" ? { q: String(q) } : {}),
    ...(template === "new" || Number.isSafeInteger(template) ? { template: template as number | "new" } : {}),
    ...(typeof from === "string" && from ? { from } : {}),
  }),
  component: lazyRouteComponent(() => import("./page.tsx")),
});

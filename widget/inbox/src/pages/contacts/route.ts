import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../root.tsx";

export interface ContactsSearch {
  q?: string;
  /** The segment or list whose contacts are shown. */
  segment?: number;
  /** The contact whose drawer is open. */
  contact?: number;
}

export const contactsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/contacts",
  validateSearch: ({ q, segment, contact }: Record<string, unknown>): ContactsSearch => ({
    ...(typeof q === "string" && q ? { q } : typeof q === "number" ? { q: String(q) } : {}),
    ...(typeof segment === "number" && Number.isSafeInteger(segment) ? { segment } : {}),
    ...(typeof contact === "number" && Number.isSafeInteger(contact) ? { contact } : {}),
  }),
  component: lazyRouteComponent(() => import("./page.tsx")),
});

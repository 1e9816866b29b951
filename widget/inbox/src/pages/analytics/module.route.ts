import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../root.tsx";

export const route = createRoute({
  getParentRoute: () => shellRoute,
  path: "/analytics",
  component: lazyRouteComponent(() => import("./page.tsx")),
});

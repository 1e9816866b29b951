import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../root.tsx";

const settings = createRoute({
  getParentRoute: () => shellRoute,
  path: "/settings",
  component: lazyRouteComponent(() => import("./page.tsx")),
});

/** One part of the settings; the page itself draws it beside the list of parts. */
const section = createRoute({ getParentRoute: () => settings, path: "/$section" });

export const settingsRoute = settings.addChildren([section]);

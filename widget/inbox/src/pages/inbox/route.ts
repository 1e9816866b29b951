import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../root.tsx";
import { validateSearch } from "./search.ts";

const inbox = createRoute({
  getParentRoute: () => shellRoute,
  path: "/inbox",
  validateSearch,
  component: lazyRouteComponent(() => import("./page.tsx")),
});

/** One conversation open beside the list: the inbox's own page draws it, so nothing is torn down between two of them. */
const conversation = createRoute({ getParentRoute: () => inbox, path: "/$conversation" });

export const inboxRoute = inbox.addChildren([conversation]);

import { createRoute, createRouter, redirect } from "@tanstack/react-router";
import { whenSignedOut } from "./api/client.ts";
import { openConversation } from "./live/notify.ts";
import { contactsRoute } from "./pages/contacts/route.ts";
import { dashboardRoute } from "./pages/dashboard/route.ts";
import { inboxRoute } from "./pages/inbox/route.ts";
import { knowledgeRoute } from "./pages/knowledge/route.ts";
import { settingsRoute } from "./pages/settings/route.ts";
import { signInRoute, signUpRoute } from "./pages/sign-in/route.ts";
import { rootRoute, shellRoute } from "./root.tsx";
import { expireSession, whenExpired } from "./session/session.ts";
import { PageError, PageNotFound, PagePending } from "./shell/problems.tsx";

const home = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/inbox" });
  },
});
/** Inside the frame, so that a wrong address still has navigation around it. */
const unknown = createRoute({ getParentRoute: () => shellRoute, path: "$", component: PageNotFound });

export const router = createRouter({
  basepath: "/app",
  routeTree: rootRoute.addChildren([
    home,
    signInRoute,
    signUpRoute,
    shellRoute.addChildren([inboxRoute, contactsRoute, knowledgeRoute, dashboardRoute, settingsRoute, unknown]),
  ]),
  defaultPreload: "intent",
  defaultPendingMs: 150,
  defaultErrorComponent: PageError,
  defaultNotFoundComponent: PageNotFound,
  defaultPendingComponent: PagePending,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

// A session that ends while somebody works: back to where they were once they have signed in again.
whenSignedOut(expireSession);
whenExpired(() => void router.navigate({ to: "/sign-in", search: { to: router.state.location.href, ended: true } }));

openConversation.set((id) => void router.navigate({ to: "/inbox/$conversation", params: { conversation: String(id) }, search: {} }));

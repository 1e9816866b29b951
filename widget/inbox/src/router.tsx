import { createRoute, createRouter, redirect, type AnyRoute } from "@tanstack/react-router";
import { whenSignedOut } from "./api/client.ts";
import { openConversation } from "./live/notify.ts";
import { aiRoute } from "./pages/ai/route.ts";
import { contactsRoute } from "./pages/contacts/route.ts";
import { inboxRoute } from "./pages/inbox/route.ts";
import { knowledgeRoute } from "./pages/knowledge/route.ts";
import { segmentsRoute } from "./pages/segments/route.ts";
import { settingsRoute } from "./pages/settings/route.ts";
import { signInRoute, signUpRoute } from "./pages/sign-in/route.ts";
import { templatesRoute } from "./pages/templates/route.ts";
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

/** Routes that modules' pages bring. Typed as none: what they are is known when the pages are bundled, and our own links stay checked. */
const ofModules = Object.values(import.meta.glob<AnyRoute>("./pages/*/module.route.ts", { eager: true, import: "route" })) as [];

export const router = createRouter({
  basepath: "/app",
  routeTree: rootRoute.addChildren([
    home,
    signInRoute,
    signUpRoute,
    shellRoute.addChildren([inboxRoute, contactsRoute, segmentsRoute, knowledgeRoute, aiRoute, templatesRoute, settingsRoute, unknown, ...ofModules]),
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

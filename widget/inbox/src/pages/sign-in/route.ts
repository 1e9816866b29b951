import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { rootRoute } from "../../root.tsx";
import { currentSession } from "../../session/session.ts";

interface Search {
  /** Where to go afterwards: an address inside the app. */
  to?: string;
  /** They were signed in until a moment ago. */
  ended?: boolean;
}

const validateSearch = ({ to, ended }: Record<string, unknown>): Search => ({
  ...(typeof to === "string" && /^\/(?![/\\])/.test(to) ? { to } : {}),
  ...(ended === true ? { ended } : {}),
});

const whenSignedIn = (): void => {
  if (currentSession()) throw redirect({ to: "/inbox" });
};

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  validateSearch,
  beforeLoad: whenSignedIn,
  component: lazyRouteComponent(() => import("./page.tsx"), "SignIn"),
});

export const signUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-up",
  validateSearch,
  beforeLoad: whenSignedIn,
  component: lazyRouteComponent(() => import("./page.tsx"), "SignUp"),
});

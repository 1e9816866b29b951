import { Toaster } from "#ui/toast.tsx";
import { TooltipProvider } from "#ui/tooltip.tsx";
import { createRootRoute, createRoute, Outlet, redirect } from "@tanstack/react-router";
import { Direction } from "radix-ui";
import { Suspense } from "react";
import { isProblem } from "./api/problem.ts";
import { useDirection } from "./i18n/locale.ts";
import { later } from "./later.tsx";
import { currentSession, openSession } from "./session/session.ts";
import { question } from "#ui/confirm.ts";
import { Shell } from "./shell/shell.tsx";
import { useStore } from "./use-store.ts";

const ConfirmHost = later(() => import("#ui/confirm-host.tsx"));

/** What every screen stands in, signed in or not. */
function Frame() {
  const { asked } = useStore(question);
  return (
    <Direction.Provider dir={useDirection()}>
      <TooltipProvider delayDuration={400} skipDelayDuration={200}>
        <Outlet />
        <Suspense>{asked !== undefined && <ConfirmHost />}</Suspense>
        <Toaster />
      </TooltipProvider>
    </Direction.Provider>
  );
}

export const rootRoute = createRootRoute({ component: Frame });

/** The parent of every page inside the frame: it lets nobody in who is not signed in. Pages without it (sign-in) hang on `rootRoute`. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "shell",
  component: Shell,
  beforeLoad: async ({ location }) => {
    if (currentSession()) return;
    try {
      await openSession();
    } catch (error) {
      if (isProblem(error, "unauthenticated")) throw redirect({ to: "/sign-in", search: { to: location.href } });
      throw error;
    }
  },
});

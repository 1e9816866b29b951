import { cn } from "#ui/cn.ts";
import { Tooltip } from "#ui/tooltip.tsx";
import { Link, Outlet, useNavigate } from "@tanstack/react-router";
import { CloudOff } from "lucide-react";
import { lazy, Suspense, useEffect } from "react";
import { goToPage } from "../actions/go-to-page.ts";
import { listen } from "../actions/keyboard.ts";
import { openPalette } from "../actions/open-palette.ts";
import { useActions } from "../actions/registry.ts";
import { showShortcuts } from "../actions/show-shortcuts.ts";
import { signOutAction } from "../actions/sign-out.ts";
import { switchLanguage } from "../actions/switch-language.ts";
import { toggleSingleKeys } from "../actions/toggle-single-keys.ts";
import { toggleTheme } from "../actions/toggle-theme.ts";
import { openOutbox } from "../data/outbox.ts";
import { app } from "../i18n/app.ts";
import { later, whenIdle } from "../later.tsx";
import { watchAway } from "../live/away.ts";
import { connect } from "../live/connect.ts";
import { openGiven } from "../live/given.ts";
import { unread, useUnread } from "../live/unread.ts";
import { useIsRole, useSession } from "../session/session.ts";
import { useStore } from "../use-store.ts";
import { connection, watchConnection } from "./connection.ts";
import { useNav, type NavItem } from "./nav.ts";
import { Count } from "#ui/badge.tsx";
import { overlay } from "./overlays.ts";
import { You } from "./you.tsx";

const Palette = later(() => import("./palette.tsx"));
const GoToSettings = lazy(() => import("../actions/go-to-settings.tsx"));
const WatchMail = lazy(() => import("../alerts/watch.tsx"));
const More = lazy(() => import("./more.tsx"));
const Shortcuts = later(() => import("./shortcuts.tsx"));

/** The frame around every page: navigation, overlays, the live connection. */
export function Shell() {
  // While a sign-out is under way there is nobody to draw it for. Another organization is another shell.
  const session = useSession();
  return session && <SignedIn key={`${session.me.organization_id} ${session.cursor}`} cursor={session.cursor} />;
}

function SignedIn({ cursor }: { cursor: string }) {
  const t = app.use();
  const navigate = useNavigate();
  const open = useStore(overlay);
  const nav = useNav();
  const isAdmin = useIsRole("admin");
  const offered = nav.map(({ to }) => to).join();
  useEffect(listen, []);
  useEffect(openOutbox, []);
  useEffect(openGiven, []);
  useEffect(() => connect(cursor), [cursor]);
  useEffect(watchConnection, []);
  useEffect(watchAway, []);
  // Who opens it types at once: it must be there by then.
  useEffect(() => whenIdle(Palette, Shortcuts), []);
  useUnread();
  useActions(
    () => [
      ...goToPage(nav, (to) => navigate({ to })),
      openPalette,
      showShortcuts,
      toggleTheme,
      ...switchLanguage,
      toggleSingleKeys,
      signOutAction(() => navigate({ to: "/sign-in" })),
    ],
    // The list is made anew each time; what is in it says whether it changed.
    [navigate, offered],
  );

  return (
    <>
      <a href="#main" className="sr-only focus:not-sr-only focus:fixed focus:start-3 focus:top-3 focus:z-50 focus:rounded-sm focus:bg-raised focus:px-3 focus:py-2">
        {t("skip")}
      </a>
      <div className="flex h-dvh flex-col md:flex-row">
        <Rail nav={nav} />
        <main id="main" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col overflow-hidden bg-pane outline-none md:my-2 md:me-2 md:rounded-md md:border md:border-line">
          <ConnectionBar />
          <Outlet />
        </main>
        <BottomBar nav={nav} />
      </div>
      <Suspense>
        <GoToSettings />
      </Suspense>
      <Suspense>{isAdmin && <WatchMail />}</Suspense>
      <Suspense>
        {open === "palette" && <Palette />}
        {open === "shortcuts" && <Shortcuts />}
      </Suspense>
    </>
  );
}

function Rail({ nav }: { nav: readonly NavItem[] }) {
  const t = app.use();
  return (
    <nav aria-label={t("nav")} className="flex w-14 shrink-0 flex-col items-center gap-1 py-2 max-md:hidden">
      <img src="/app/favicon.svg" alt={t("product")} className="mb-2 size-8" />
      {nav.map((item) => (
        <RailLink key={item.to} item={item} />
      ))}
      <You side="right" />
    </nav>
  );
}

function RailLink({ item }: { item: NavItem }) {
  return (
    <Tooltip text={item.label()} shortcut={item.shortcut} side="right">
      <Link
        to={item.to}
        aria-label={item.label()}
        className={cn(
          "relative flex size-10 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-text",
          item.last && "mt-auto",
        )}
      >
        <item.icon className="size-5" strokeWidth={1.75} aria-hidden />
        {item.to === "/inbox" && <UnreadCount />}
      </Link>
    </Tooltip>
  );
}

function UnreadCount() {
  const t = app.use();
  const count = useStore(unread);
  return <Count value={count} label={t("unread", { count })} className="absolute -end-0.5 -top-0.5" />;
}

const FITS = 5; // on the narrowest phone
const barClass =
  "flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-[11px] leading-4 font-medium text-muted focus-visible:-outline-offset-2 aria-[current=page]:text-accent-text [&_svg]:size-5";

function BottomBar({ nav }: { nav: readonly NavItem[] }) {
  const t = app.use();
  const direct = nav.length > FITS ? nav.slice(0, FITS - 1) : nav;
  return (
    <nav aria-label={t("nav")} data-bottom-bar="" className="flex shrink-0 border-t border-line bg-pane pb-[env(safe-area-inset-bottom)] md:hidden">
      {direct.map((item) => (
        <Link key={item.to} to={item.to} className={barClass}>
          <span className="relative">
            <item.icon strokeWidth={1.75} aria-hidden />
            {item.to === "/inbox" && <UnreadCount />}
          </span>
          <span className="max-w-full truncate px-0.5">{item.label()}</span>
        </Link>
      ))}
      {direct.length < nav.length && (
        // Its place is kept until it is there: the others do not move.
        <Suspense fallback={<span className={barClass} />}>
          <More nav={nav.slice(direct.length)} className={barClass} />
        </Suspense>
      )}
    </nav>
  );
}

function ConnectionBar() {
  const t = app.use();
  const state = useStore(connection);
  return (
    <div role="status">
      {state !== "live" && (
        <p className="flex items-center justify-center gap-2 border-b border-line bg-warning-soft px-4 py-1 text-center text-xs text-warning">
          <CloudOff className="size-3.5 shrink-0" aria-hidden />
          {t(state)}
        </p>
      )}
    </div>
  );
}

import { BookOpen, ChartNoAxesColumn, Inbox, Settings, Users, type LucideIcon } from "lucide-react";
import { app } from "../i18n/app.ts";
import { useHasDashboard } from "../pages/dashboard/available.ts";

export interface NavItem {
  to: "/inbox" | "/contacts" | "/knowledge" | "/dashboard" | "/settings";
  label: () => string;
  icon: LucideIcon;
  shortcut: string;
  /** A hook that says whether it is offered here and to this role; missing: always. */
  useShown?: () => boolean;
  /** Stands at the bottom of the rail. */
  last?: boolean;
}

const always = (): boolean => true;

const nav: readonly NavItem[] = [
  { to: "/inbox", label: () => app.t("page.inbox"), icon: Inbox, shortcut: "g i" },
  { to: "/contacts", label: () => app.t("page.contacts"), icon: Users, shortcut: "g c" },
  { to: "/knowledge", label: () => app.t("page.knowledge"), icon: BookOpen, shortcut: "g k" },
  { to: "/dashboard", label: () => app.t("page.dashboard"), icon: ChartNoAxesColumn, shortcut: "g d", useShown: useHasDashboard },
  { to: "/settings", label: () => app.t("page.settings"), icon: Settings, shortcut: "g s", last: true },
];

/** The pages that this member of staff may use, in this installation. */
// oxlint-disable-next-line react/rules-of-hooks -- the list never changes, so neither does the order of hooks
export const useNav = (): NavItem[] => nav.filter(({ useShown = always }) => useShown());

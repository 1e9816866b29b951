import { BookOpen, Bot, Inbox, Settings, Users, type LucideIcon } from "lucide-react";
import { app } from "../i18n/app.ts";
import { useIsRole } from "../session/session.ts";

export interface NavItem {
  /** The page's address: one of our own, or one that a module's page adds (`pages/<page>/module.route.ts`). */
  to: string;
  label: () => string;
  icon: LucideIcon;
  shortcut: string;
  /** A hook that says whether it is offered here and to this role; missing: always. */
  useShown?: () => boolean;
  /** Stands at the bottom of the rail. */
  last?: boolean;
}

const always = (): boolean => true;
/** Whether drafts of the AI agent are theirs to review. */
const useReviews = (): boolean => useIsRole("admin", "agent");

/** Each module's page brings its own line, so that a module's folders can be deleted without an edit here. */
const ofModules = Object.values(import.meta.glob<NavItem>("../pages/*/module.nav.ts", { eager: true, import: "nav" }));

const nav: readonly NavItem[] = [
  { to: "/inbox", label: () => app.t("page.inbox"), icon: Inbox, shortcut: "g i" },
  { to: "/contacts", label: () => app.t("page.contacts"), icon: Users, shortcut: "g c" },
  { to: "/knowledge", label: () => app.t("page.knowledge"), icon: BookOpen, shortcut: "g k" },
  { to: "/ai", label: () => app.t("page.ai"), icon: Bot, shortcut: "g r", useShown: useReviews },
  ...ofModules,
  { to: "/settings", label: () => app.t("page.settings"), icon: Settings, shortcut: "g s", last: true },
];

/** The pages that this member of staff may use, in this installation. */
// oxlint-disable-next-line react/rules-of-hooks -- the list never changes, so neither does the order of hooks
export const useNav = (): NavItem[] => nav.filter(({ useShown = always }) => useShown());

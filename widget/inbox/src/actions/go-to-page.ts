import { app } from "../i18n/app.ts";
import type { NavItem } from "../shell/nav.ts";
import type { Action } from "./registry.ts";

/** One action for each page of the navigation. */
export const goToPage = (nav: readonly NavItem[], go: (to: NavItem["to"]) => unknown): Action[] =>
  nav.map(({ to, label, icon, shortcut }) => ({
    name: `go.${to.slice(1)}`,
    label: () => app.t("action.go", { page: label() }),
    group: "go",
    icon,
    shortcut,
    perform: () => go(to),
  }));

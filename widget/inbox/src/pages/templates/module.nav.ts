import { LayoutTemplate } from "lucide-react";
import { app } from "../../i18n/app.ts";
import { useIsRole } from "../../session/session.ts";
import type { NavItem } from "../../shell/nav.ts";
import { useBeside } from "./beside.ts";

/** Who writes mail to many, where no module has a page of its own for it. */
function useStandsAlone(): boolean {
  const mayWrite = useIsRole("admin", "user");
  return useBeside().length === 0 && mayWrite;
}

export const nav: NavItem = { to: "/campaigns/templates", label: () => app.t("page.templates"), icon: LayoutTemplate, shortcut: "g t", useShown: useStandsAlone };

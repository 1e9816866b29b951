import { useQuery } from "@tanstack/react-query";
import { Workflow } from "lucide-react";
import { useIsRole } from "../../session/session.ts";
import type { NavItem } from "../../shell/nav.ts";
import { presenceQuery } from "./presence.ts";
import { name } from "./name.ts";

/** For who markets, where this installation has the module: without it the server does not know the path. */
function useHasWorkflows(): boolean {
  const isMarketer = useIsRole("admin", "user");
  const { data } = useQuery({ ...presenceQuery, enabled: isMarketer });
  return isMarketer && data === true;
}

export const nav: NavItem = { to: "/workflows", label: () => name.t("page"), icon: Workflow, shortcut: "g w", useShown: useHasWorkflows };

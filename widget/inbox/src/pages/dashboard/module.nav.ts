import { useQuery } from "@tanstack/react-query";
import { ChartNoAxesColumn } from "lucide-react";
import type { NavItem } from "../../shell/nav.ts";
import { statsQuery } from "./data.ts";
import { name } from "./name.ts";

/** Whether this installation has the analytics module: without it the server does not know the path. */
function useHasDashboard(): boolean {
  const { data } = useQuery(statsQuery);
  return data !== null && data !== undefined;
}

export const nav: NavItem = { to: "/dashboard", label: () => name.t("page"), icon: ChartNoAxesColumn, shortcut: "g d", useShown: useHasDashboard };

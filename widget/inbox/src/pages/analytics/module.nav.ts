import { ChartLine } from "lucide-react";
import type { NavItem } from "../../shell/nav.ts";
import { name } from "../dashboard/name.ts";
import { nav as dashboard } from "../dashboard/module.nav.ts";

/** Beside the dashboard, and wherever there is one: both are of the same module. */
export const nav: NavItem = { ...dashboard, to: "/analytics", label: () => name.t("analytics"), icon: ChartLine, shortcut: "g n" };

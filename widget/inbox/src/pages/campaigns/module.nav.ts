import { Megaphone } from "lucide-react";
import type { NavItem } from "../../shell/nav.ts";
import { name } from "./name.ts";
import { useHasCampaigns } from "./there.ts";

export const nav: NavItem = { to: "/campaigns", label: () => name.t("page"), icon: Megaphone, shortcut: "g p", useShown: useHasCampaigns };

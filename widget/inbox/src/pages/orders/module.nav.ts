import { ShoppingBag } from "lucide-react";
import { useHasModule } from "../../panels/data.ts";
import type { NavItem } from "../../shell/nav.ts";
import { name } from "./name.ts";

const useShown = (): boolean => useHasModule("commerce");

export const nav: NavItem = { to: "/orders", label: () => name.t("page"), icon: ShoppingBag, shortcut: "g o", useShown };

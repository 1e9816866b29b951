import type { NavItem } from "../../shell/nav.ts";

/** Pages of modules that templates stand beside, as tabs: campaigns, where they are. The first that is shown has the line in the navigation. */
const ofModules = Object.values(import.meta.glob<NavItem>("../*/module.beside.ts", { eager: true, import: "beside" }));

// oxlint-disable-next-line react/rules-of-hooks -- the list never changes, so neither does the order of hooks
export const useBeside = (): NavItem[] => ofModules.filter(({ useShown }) => useShown?.() ?? true);

import { Menu, MenuContent, MenuItem, MenuTrigger } from "#ui/menu.tsx";
import { useNavigate } from "@tanstack/react-router";
import { Ellipsis } from "lucide-react";
import { app } from "../i18n/app.ts";
import type { NavItem } from "./nav.ts";

/** The pages that do not fit into the bottom bar. */
export default function More({ nav, className }: { nav: readonly NavItem[]; className: string }) {
  const t = app.use();
  const navigate = useNavigate();
  return (
    <Menu>
      <MenuTrigger className={className}>
        <Ellipsis strokeWidth={1.75} aria-hidden />
        {t("nav.more")}
      </MenuTrigger>
      <MenuContent align="end" side="top">
        {nav.map((item) => (
          <MenuItem key={item.to} icon={<item.icon aria-hidden />} onSelect={() => void navigate({ to: item.to })}>
            {item.label()}
          </MenuItem>
        ))}
      </MenuContent>
    </Menu>
  );
}

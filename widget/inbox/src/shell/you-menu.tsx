import { IconButton } from "#ui/icon-button.tsx";
import { Avatar } from "#ui/avatar.tsx";
import { Menu, MenuContent, MenuItem, MenuRadio, MenuRadioGroup, MenuSeparator, MenuSub, MenuSubContent, MenuSubTrigger, MenuTrigger } from "#ui/menu.tsx";
import { toast } from "#ui/toast.tsx";
import { useNavigate } from "@tanstack/react-router";
import { Building2, Keyboard, Languages, LogOut, SunMoon, UserRound } from "lucide-react";
import { app } from "../i18n/app.ts";
import { locales, setLocale, useLocale, type Locale } from "../i18n/locale.ts";
import { signOut, switchOrganization, useMe } from "../session/session.ts";
import { setTheme, themes, useTheme, type Theme } from "../theme/theme.ts";
import { overlay } from "./overlays.ts";

export default function YouMenu({ side }: { side: "right" | "bottom" }) {
  const t = app.use();
  const locale = useLocale();
  const theme = useTheme();
  const me = useMe();
  const navigate = useNavigate();
  const failed = (error: unknown): void => {
    toast({ tone: "error", title: t("error.title"), text: error instanceof Error ? error.message : "" });
  };
  const enter = (id: number): Promise<void> => switchOrganization(id).then(() => navigate({ to: "/inbox" }), failed);
  const leave = (): Promise<void> => signOut().then(() => navigate({ to: "/sign-in" }), failed);
  return (
    <Menu>
      <MenuTrigger asChild>
        <IconButton label={t("menu.you")} side={side} size="lg" className="max-md:size-10">
          <Avatar name={me.name} seed={me.user_id} size="sm" />
        </IconButton>
      </MenuTrigger>
      <MenuContent align="end" side={side} className="w-64">
        <div className="flex items-center gap-2.5 px-2 py-1.5">
          <Avatar name={me.name} seed={me.user_id} />
          <p className="min-w-0">
            <span className="block truncate text-sm font-medium">{me.name}</span>
            <span className="block truncate text-xs text-muted">{me.organization_name}</span>
          </p>
        </div>
        <MenuSeparator />
        <MenuItem icon={<UserRound aria-hidden />} onSelect={() => void navigate({ to: "/settings/$section", params: { section: "profile" } })}>
          {t("menu.profile")}
        </MenuItem>
        {me.memberships.length > 1 && (
          <MenuSub>
            <MenuSubTrigger icon={<Building2 aria-hidden />}>{t("menu.organization")}</MenuSubTrigger>
            <MenuSubContent>
              <MenuRadioGroup value={String(me.organization_id)} onValueChange={(id) => void enter(Number(id))}>
                {me.memberships.map((membership) => (
                  <MenuRadio key={membership.organization_id} value={String(membership.organization_id)}>
                    {membership.organization_name}
                  </MenuRadio>
                ))}
              </MenuRadioGroup>
            </MenuSubContent>
          </MenuSub>
        )}
        <MenuSub>
          <MenuSubTrigger icon={<SunMoon aria-hidden />}>{t("menu.theme")}</MenuSubTrigger>
          <MenuSubContent>
            <MenuRadioGroup value={theme} onValueChange={(next) => setTheme(next as Theme)}>
              {themes.map((each) => (
                <MenuRadio key={each} value={each}>
                  {t(`theme.${each}`)}
                </MenuRadio>
              ))}
            </MenuRadioGroup>
          </MenuSubContent>
        </MenuSub>
        <MenuSub>
          <MenuSubTrigger icon={<Languages aria-hidden />}>{t("menu.language")}</MenuSubTrigger>
          <MenuSubContent>
            <MenuRadioGroup value={locale} onValueChange={(next) => void setLocale(next as Locale)}>
              {Object.entries(locales).map(([each, name]) => (
                <MenuRadio key={each} value={each} lang={each}>
                  {name}
                </MenuRadio>
              ))}
            </MenuRadioGroup>
          </MenuSubContent>
        </MenuSub>
        <MenuSeparator />
        <MenuItem icon={<Keyboard aria-hidden />} shortcut="?" onSelect={() => overlay.set("shortcuts")}>
          {t("menu.shortcuts")}
        </MenuItem>
        <MenuItem icon={<LogOut aria-hidden />} onSelect={() => void leave()}>
          {t("action.sign-out")}
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}

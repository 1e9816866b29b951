import { Bell, Bot, Building2, Inbox, MailX, Newspaper, ScrollText, UserRound, Users, UsersRound, Wrench, type LucideIcon } from "lucide-react";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { defineTexts } from "../../i18n/texts.ts";
import type { later } from "../../later.tsx";
import { panelsQuery } from "../../panels/data.ts";
import { useMe, type Role } from "../../session/session.ts";
import en from "./names/en.json";

/** The names of the parts, and other words that the palette finds them by: known before the page is loaded. */
export const names = defineTexts(en, import.meta.glob(["./names/*.json", "!./names/en.json"]));
await names.ready;

type Own = "profile" | "notifications" | "organization" | "ai" | "users" | "teams" | "inboxes" | "topics" | "suppressions" | "jobs" | "audit";

interface Listed {
  group: "you" | "organization" | "marketing" | "operations";
  icon: LucideIcon;
  roles: readonly Role[];
}

export interface OwnSection extends Listed {
  name: Own;
}

/** A part that a module's page brings (`pages/<page>/module.settings.ts`), offered where `module` is loaded. `words`: others that it is found by. */
export interface ModuleSection extends Listed {
  name: string;
  module: string;
  label: () => string;
  text: () => string;
  words: () => string;
  Content: ReturnType<typeof later<object>>;
}

export type SettingsSection = OwnSection | ModuleSection;

const everyone: readonly Role[] = ["admin", "user", "agent"];
const admins: readonly Role[] = ["admin"];
const marketers: readonly Role[] = ["admin", "user"];

const sections: readonly OwnSection[] = [
  { name: "profile", group: "you", icon: UserRound, roles: everyone },
  { name: "notifications", group: "you", icon: Bell, roles: everyone },
  { name: "organization", group: "organization", icon: Building2, roles: admins },
  { name: "ai", group: "organization", icon: Bot, roles: admins },
  { name: "users", group: "organization", icon: Users, roles: admins },
  { name: "teams", group: "organization", icon: UsersRound, roles: admins },
  { name: "inboxes", group: "organization", icon: Inbox, roles: everyone },
  { name: "topics", group: "marketing", icon: Newspaper, roles: marketers },
  { name: "suppressions", group: "marketing", icon: MailX, roles: marketers },
  { name: "jobs", group: "operations", icon: Wrench, roles: admins },
  { name: "audit", group: "operations", icon: ScrollText, roles: admins },
];

const ofModules = Object.values(import.meta.glob<ModuleSection>("../*/module.settings.ts", { eager: true, import: "section" }));

export const labelOf = (section: SettingsSection): string => ("label" in section ? section.label() : names.t(section.name));
export const wordsOf = (section: SettingsSection): string => ("words" in section ? section.words() : names.t(`${section.name}.words`));

/** What whoever is signed in may open in this installation; `isWhole` once it is known what modules add. */
export function useSections(): { sections: SettingsSection[]; isWhole: boolean } {
  const { role } = useMe();
  const { data: panels, isPending } = useQuery(panelsQuery);
  const sectionsHere = useMemo(() => {
    const has = (module: string): boolean => panels?.some(({ name }) => name.startsWith(`${module}.`)) ?? false;
    const all: SettingsSection[] = [...sections, ...ofModules.filter(({ module }) => has(module))];
    return all.filter(({ roles }) => roles.includes(role));
  }, [panels, role]);
  return { sections: sectionsHere, isWhole: !isPending };
}

import { Bell, Bot, Building2, Inbox, MailX, Newspaper, ScrollText, UserRound, Users, UsersRound, Wrench, type LucideIcon } from "lucide-react";
import { defineTexts } from "../../i18n/texts.ts";
import type { Role } from "../../session/session.ts";
import en from "./names/en.json";

/** The names of the parts, and other words that the palette finds them by: known before the page is loaded. */
export const names = defineTexts(en, import.meta.glob(["./names/*.json", "!./names/en.json"]));
await names.ready;

export interface SettingsSection {
  name: "profile" | "notifications" | "organization" | "ai" | "users" | "teams" | "inboxes" | "topics" | "suppressions" | "jobs" | "audit";
  group: "you" | "organization" | "marketing" | "operations";
  icon: LucideIcon;
  roles: readonly Role[];
}

const everyone: readonly Role[] = ["admin", "user", "agent"];
const admins: readonly Role[] = ["admin"];
const marketers: readonly Role[] = ["admin", "user"];

const sections: readonly SettingsSection[] = [
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

/** What a role may open. */
export const sectionsFor = (role: Role): SettingsSection[] => sections.filter(({ roles }) => roles.includes(role));

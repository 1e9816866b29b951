import { cn } from "#ui/cn.ts";
import { Link } from "@tanstack/react-router";
import { useIsRole } from "../../session/session.ts";
import { texts } from "./texts.ts";

const tabs = [
  ["people", "/contacts", {}],
  ["segments", "/contacts/segments", {}],
  ["lists", "/contacts/segments", { lists: true }],
] as const;

/** People, and what is made of them: for those who may. */
export function ContactTabs({ current }: { current: (typeof tabs)[number][0] }) {
  const t = texts.use();
  const mayUse = useIsRole("admin", "user");
  if (!mayUse) return null;
  return (
    <nav aria-label={t("tabs")} className="flex shrink-0 gap-4 overflow-x-auto border-b border-line px-4 [scrollbar-width:none]">
      {tabs.map(([name, to, search]) => (
        <Link
          key={name}
          to={to}
          search={search}
          activeOptions={{ exact: true }}
          {...(name === current ? { "aria-current": "page" as const } : { "aria-current": undefined })}
          className={cn(
            "-mb-px inline-flex h-9 shrink-0 items-center border-b-2 border-transparent text-sm font-medium text-muted transition-colors hover:text-ink focus-visible:-outline-offset-2 touch:h-11",
            name === current && "border-accent-text text-ink",
          )}
        >
          {t(`tab.${name}`)}
        </Link>
      ))}
    </nav>
  );
}

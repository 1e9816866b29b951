import { cn } from "#ui/cn.ts";
import { IconButton } from "#ui/icon-button.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { EmptyState } from "#ui/states.tsx";
import { Link, Navigate, useNavigate, useParams } from "@tanstack/react-router";
import { ArrowLeft, Cog } from "lucide-react";
import { createElement, Suspense } from "react";
import { app } from "../../i18n/app.ts";
import { later } from "../../later.tsx";
import { useMe } from "../../session/session.ts";
import { Page } from "../../shell/page.tsx";
import { labelOf, names, useSections, type OwnSection, type SettingsSection } from "./sections.ts";
import { texts } from "./texts.ts";

const contents: Record<OwnSection["name"], ReturnType<typeof later<object>>> = {
  profile: later(() => import("./sections/profile.tsx")),
  notifications: later(() => import("./sections/notifications.tsx")),
  organization: later(() => import("./sections/organization.tsx")),
  ai: later(() => import("./sections/ai.tsx")),
  users: later(() => import("./sections/users.tsx")),
  teams: later(() => import("./sections/teams.tsx")),
  inboxes: later(() => import("./sections/inboxes.tsx")),
  topics: later(() => import("./mailing/topics.tsx")),
  suppressions: later(() => import("./mailing/suppressions.tsx")),
  jobs: later(() => import("./sections/jobs.tsx")),
  audit: later(() => import("./sections/audit.tsx")),
};
const contentOf = (section: SettingsSection): ReturnType<typeof later<object>> => ("Content" in section ? section.Content : contents[section.name]);
const groups = ["you", "organization", "marketing", "operations"] as const;

const WIDE = "(min-width: 48rem)";

export default function SettingsPage() {
  const shell = app.use();
  const t = texts.use();
  names.use(); // drawn again in another language
  const navigate = useNavigate();
  const { role } = useMe();
  const { section: name } = useParams({ strict: false });
  const { sections, isWhole } = useSections();
  const offered = groups.map((title) => ({ title, sections: sections.filter(({ group }) => group === title) })).filter((group) => group.sections.length > 0);
  const section = sections.find((each) => each.name === name);

  if (name === undefined && matchMedia(WIDE).matches) return <Navigate to="/settings/$section" params={{ section: role === "admin" ? "organization" : "profile" }} replace />;
  return (
    <Page title={shell("page.settings")} compact={name !== undefined}>
      <div className="flex min-h-0 flex-1">
        <nav aria-label={shell("page.settings")} className={cn("flex w-56 shrink-0 flex-col gap-5 overflow-y-auto border-e border-line bg-sunken p-2 max-md:w-full max-md:border-e-0", name !== undefined && "max-md:hidden")}>
          {offered.map(({ title, sections }) => (
            <section key={title}>
              <h2 className="px-2 pt-1 pb-1 text-xs font-medium text-faint">{t(`group.${title}`)}</h2>
              <ul className="flex flex-col gap-px">
                {sections.map((each) => (
                  <li key={each.name}>
                    <Link
                      to="/settings/$section"
                      params={{ section: each.name }}
                      onPointerEnter={() => void contentOf(each).preload()}
                      className="flex h-8 items-center gap-2.5 rounded-sm px-2 text-sm text-muted transition-colors hover:bg-hover hover:text-ink aria-[current=page]:bg-pressed aria-[current=page]:font-medium aria-[current=page]:text-ink touch:h-11 [&_svg]:size-4"
                    >
                      <each.icon strokeWidth={1.75} aria-hidden />
                      {labelOf(each)}
                    </Link>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </nav>
        <div className={cn("flex min-w-0 flex-1 flex-col overflow-y-auto", name === undefined && "max-md:hidden")}>
          {section ? (
            <div key={section.name} className="mx-auto w-full max-w-190 px-8 py-8 max-md:px-4 max-md:py-4">
              <header className="mb-6 flex items-center gap-2">
                <IconButton label={shell("back")} onClick={() => void navigate({ to: "/settings" })} className="-ms-2 md:hidden">
                  <ArrowLeft className="size-5! rtl:-scale-x-100" aria-hidden />
                </IconButton>
                <div>
                  <h2 className="text-xl font-semibold">{labelOf(section)}</h2>
                  <p className="text-sm text-muted">{"text" in section ? section.text() : t(`${section.name}.text`)}</p>
                </div>
              </header>
              <Suspense fallback={<SkeletonRows avatar={false} rows={4} className="px-0" />}>
                {createElement(contentOf(section))}
              </Suspense>
            </div>
          ) : !isWhole ? (
            <SkeletonRows avatar={false} rows={4} />
          ) : (
            <EmptyState icon={Cog} title={t("none.title")} text={t("none.text")} />
          )}
        </div>
      </div>
    </Page>
  );
}

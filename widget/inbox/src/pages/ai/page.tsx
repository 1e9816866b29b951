import { SkeletonRows } from "#ui/skeleton.tsx";
import { Tab, Tabs, TabPanel, TabsList } from "#ui/tabs.tsx";
import { Suspense, useEffect, useRef } from "react";
import { useDirection } from "../../i18n/locale.ts";
import { app } from "../../i18n/app.ts";
import { later } from "../../later.tsx";
import { useIsRole } from "../../session/session.ts";
import { Page } from "../../shell/page.tsx";
import { Quality } from "./quality.tsx";
import { Queue } from "./queue.tsx";
import { isTab } from "./route.ts";
import { texts } from "./texts.ts";
import { useAi } from "./use-ai.ts";

const lazily = [
  ["gaps", later(() => import("./learning/gaps.tsx"))],
  ["edits", later(() => import("./learning/edits.tsx"))],
  ["checks", later(() => import("./learning/checks.tsx"))],
  ["training", later(() => import("./training/page.tsx"))],
  ["replay", later(() => import("./replay/replay.tsx"))],
] as const;

export default function AiPage() {
  const shell = app.use();
  const t = texts.use();
  const { search, go } = useAi();
  const isAdmin = useIsRole("admin");
  const isOpen = search.decision !== undefined && search.tab === undefined;
  const shown = search.tab === "training" && !isAdmin ? "review" : (search.tab ?? "review");
  const tabs = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // On phones the tabs are wider than the screen.
    tabs.current?.querySelector(`[role=tab][id$="-${shown}"]`)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [shown]);
  return (
    <Page title={shell("page.ai")} compact={isOpen}>
      <Tabs
        value={shown}
        onValueChange={(tab) => void go(isTab(tab) ? { tab } : {})}
        dir={useDirection()}
        className="flex min-h-0 flex-1 flex-col"
      >
        <TabsList ref={tabs} aria-label={t("tabs")} className={isOpen ? "shrink-0 px-4 max-md:hidden" : "shrink-0 px-4"}>
          <Tab value="review">{t("tab.review")}</Tab>
          <Tab value="gaps">{t("tab.gaps")}</Tab>
          <Tab value="edits">{t("tab.edits")}</Tab>
          <Tab value="checks">{t("tab.checks")}</Tab>
          <Tab value="replay">{t("tab.replay")}</Tab>
          <Tab value="quality">{t("tab.quality")}</Tab>
          {isAdmin && <Tab value="training">{t("tab.training")}</Tab>}
        </TabsList>
        <TabPanel value="review" tabIndex={-1} className="flex min-h-0 flex-1 flex-col p-0">
          <Queue />
        </TabPanel>
        {lazily.filter(([value]) => isAdmin || value !== "training").map(([value, Content]) => (
          <TabPanel key={value} value={value} tabIndex={-1} className="flex min-h-0 flex-1 flex-col overflow-y-auto bg-sunken p-0">
            <Suspense fallback={<SkeletonRows avatar={false} />}>
              <Content />
            </Suspense>
          </TabPanel>
        ))}
        <TabPanel value="quality" tabIndex={-1} className="min-h-0 flex-1 overflow-y-auto bg-sunken p-0">
          <Quality />
        </TabPanel>
      </Tabs>
    </Page>
  );
}

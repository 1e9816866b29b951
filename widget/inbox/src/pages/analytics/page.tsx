import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/states.tsx";
import { Tab, TabPanel, Tabs, TabsList } from "#ui/tabs.tsx";
import { useQuery } from "@tanstack/react-query";
import { ChartLine, Settings2 } from "lucide-react";
import { Suspense, useEffect, useRef, useState } from "react";
import { useDirection } from "../../i18n/locale.ts";
import { later } from "../../later.tsx";
import { useIsRole } from "../../session/session.ts";
import { Page } from "../../shell/page.tsx";
import { statsQuery } from "../dashboard/data.ts";

import { ReportView } from "./report.tsx";
import { texts } from "./texts.ts";
import { isReport, useAnalytics, type ReportName } from "./use-analytics.ts";

const Keeping = later(() => import("./keeping.tsx"));
const all: readonly ReportName[] = ["overview", "helpdesk", "ai", "email", "orders", "workflows"];
const own: readonly ReportName[] = ["overview", "helpdesk"];

export default function AnalyticsPage() {
  const t = texts.use();
  const { search, go } = useAnalytics();
  const isMarketer = useIsRole("admin", "user");
  const isAdmin = useIsRole("admin");
  const [isKeeping, setKeeping] = useState(false);
  const { data } = useQuery(statsQuery);
  const direction = useDirection();
  const shown = isMarketer ? all : own;
  const tab = search.tab && shown.includes(search.tab) ? search.tab : "overview";
  const tabs = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // On phones the tabs are wider than the screen.
    tabs.current?.querySelector(`[role=tab][id$="-${tab}"]`)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [tab]);
  if (data === null) {
    return (
      <Page title={t("page")}>
        <EmptyState icon={ChartLine} title={t("absent.title")} text={t("absent.text")} />
      </Page>
    );
  }
  return (
    <Page
      title={t("page")}
      actions={
        isAdmin && (
          <Button variant="ghost" size="sm" onClick={() => setKeeping(true)}>
            <Settings2 aria-hidden />
            <span className="max-md:sr-only">{t("keeping")}</span>
          </Button>
        )
      }
    >
      <Tabs
        value={tab}
        onValueChange={(next) => {
          const { tab: _, ...rest } = search;
          go(isReport(next) && next !== "overview" ? { ...rest, tab: next } : rest);
        }}
        dir={direction}
        className="flex min-h-0 flex-1 flex-col"
      >
        <TabsList ref={tabs} aria-label={t("tabs")} className="shrink-0 px-4">
          {shown.map((each) => (
            <Tab key={each} value={each}>
              {t(`tab.${each}`)}
            </Tab>
          ))}
        </TabsList>
        <TabPanel value={tab} tabIndex={-1} className="min-h-0 flex-1 overflow-y-auto bg-sunken p-0">
          <ReportView search={{ ...search, tab }} />
        </TabPanel>
      </Tabs>
      {isAdmin && (
        <Suspense>
          <Keeping isOpen={isKeeping} onClose={() => setKeeping(false)} />
        </Suspense>
      )}
    </Page>
  );
}

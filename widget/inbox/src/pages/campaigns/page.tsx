import { clientId } from "#shared/ids.ts";
import { Button } from "#ui/button.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { toast } from "#ui/toast.tsx";
import { useQuery } from "@tanstack/react-query";
import { Lock, MailX, Plus } from "lucide-react";
import { Suspense, useRef, useState } from "react";
import { useActions } from "../../actions/registry.ts";
import { isProblem } from "../../api/problem.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { later } from "../../later.tsx";
import { useIsRole } from "../../session/session.ts";
import { Page } from "../../shell/page.tsx";
import { MailingTabs } from "../templates/tabs.tsx";
import { campaignQuery, createCampaign } from "./data.ts";
import { Campaigns } from "./list.tsx";
import { name } from "./name.ts";
import { texts } from "./texts.ts";
import { useCampaigns } from "./use-campaigns.ts";
import { failureWords } from "./words.ts";

const Draft = later(() => import("./draft/editor.tsx"));
const Run = later(() => import("./run/run.tsx"));

export default function CampaignsPage() {
  const named = name.use();
  const t = texts.use();
  const { search: { campaign }, go } = useCampaigns();
  const mayWrite = useIsRole("admin", "user");
  const [busy, setBusy] = useState(false);
  // Of one press: pressed again after a lost answer, it is the same campaign.
  const making = useRef(clientId());
  const make = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    try {
      const made = await createCampaign({ name: texts.t("new.name"), client_id: making.current, is_tracked: true, hold_days: 3 });
      making.current = clientId();
      await go({ campaign: made.id, tab: undefined });
    } catch (error) {
      toast({ tone: "error", title: t("failed.create"), text: failureWords(error), key: "campaign" });
    }
    setBusy(false);
  };
  useActions(() => (mayWrite ? [{ name: "campaign.new", label: () => texts.t("new"), group: "app", icon: Plus, shortcut: "c", perform: make }] : []), [mayWrite, busy]);

  return (
    <Page
      title={named("page")}
      compact={campaign !== undefined}
      actions={
        mayWrite && (
          <Button variant="primary" busy={busy} onClick={() => void make()} aria-label={t("new")}>
            <Plus aria-hidden />
            <span className="max-sm:hidden">{t("new")}</span>
          </Button>
        )
      }
    >
      {!mayWrite ? (
        <EmptyState icon={Lock} title={t("forbidden.title")} text={t("forbidden.text")} />
      ) : (
        <>
          <MailingTabs className={campaign === undefined ? "" : "max-md:hidden"} />
          {campaign === undefined ? <Campaigns make={() => void make()} busy={busy} /> : <Open key={campaign} id={campaign} />}
        </>
      )}
    </Page>
  );
}

function Open({ id }: { id: number }) {
  const t = texts.use();
  const { data, error, isFetching, refetch } = useQuery(campaignQuery(id));
  if (isProblem(error, "not_found")) return <EmptyState icon={MailX} title={t("gone.title")} text={t("gone.text")} />;
  if (!data) return error ? <ErrorState title={t("error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} /> : <SkeletonRows avatar={false} />;
  const isDraft = data.status === "draft" || data.status === "missed" || data.status === "scheduled";
  return <Suspense fallback={<SkeletonRows avatar={false} />}>{isDraft ? <Draft campaign={data} /> : <Run campaign={data} />}</Suspense>;
}

import type { CampaignChanges } from "#shared/wire.ts";
import { toast } from "#ui/toast.tsx";
import { useRef, useState } from "react";
import { queries } from "../../../data/queries.ts";
import { campaignQuery, updateCampaign, type Campaign } from "../data.ts";
import { texts } from "../texts.ts";
import { failureWords } from "../words.ts";

type Changes = Omit<CampaignChanges, "revision">;

/** What of a draft one chooses, as the fields show it. */
export interface Chosen {
  name: string;
  topic_id: number | null;
  inbox_id: number | null;
  variants: { template_id: number; weight: number }[];
  include: number[];
  exclude: number[];
  is_tracked: boolean;
  hold_days: number;
}

const ids = (refs: Campaign["include"]): number[] => refs.flatMap(({ segment_id }) => (segment_id === null ? [] : [segment_id]));
const chosenOf = (campaign: Campaign): Chosen => ({
  name: campaign.name,
  topic_id: campaign.topic_id,
  inbox_id: campaign.inbox_id,
  variants: campaign.variants.map(({ template_id, weight }) => ({ template_id, weight })),
  include: ids(campaign.include),
  exclude: ids(campaign.exclude),
  is_tracked: campaign.is_tracked,
  hold_days: campaign.hold_days,
});

/**
 * A draft that is saved as it is changed: what is chosen shows at once, goes out one after the other, and is taken back where the server refuses it.
 * `settled` waits until all of it is there; it answers with the campaign, or with nothing where something was refused.
 */
export function useDraft(campaign: Campaign): { chosen: Chosen; change: (changes: Changes) => void; isSaving: boolean; settled: () => Promise<Campaign | undefined> } {
  const [waiting, setWaiting] = useState<Changes>({});
  const [under, setUnder] = useState(0);
  const line = useRef<Promise<boolean>>(Promise.resolve(true));
  const now = (): Campaign => queries.getQueryData(campaignQuery(campaign.id).queryKey) ?? campaign;

  const saved = async (changes: Changes): Promise<boolean> => {
    try {
      await updateCampaign(campaign.id, { ...changes, revision: now().revision });
      return true;
    } catch (error) {
      toast({ tone: "error", title: texts.t("failed.save"), text: failureWords(error), key: "campaign" });
      await queries.refetchQueries({ ...campaignQuery(campaign.id), exact: true });
      return false;
    }
  };
  const change = (changes: Changes): void => {
    setWaiting((before) => ({ ...before, ...changes }));
    setUnder((number) => number + 1);
    const before = line.current;
    line.current = (async () => {
      await before;
      const isSaved = await saved(changes);
      setUnder((number) => number - 1);
      return isSaved;
    })();
    const mine = line.current;
    // Nothing else came after it: the fields show what the server has.
    void mine.then(() => line.current === mine && setWaiting({}));
  };
  const settled = async (): Promise<Campaign | undefined> => ((await line.current) ? now() : undefined);
  return { chosen: { ...chosenOf(campaign), ...(waiting as Partial<Chosen>) }, change, isSaving: under > 0, settled };
}

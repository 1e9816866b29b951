import { Field } from "#ui/field.tsx";
import { Select } from "#ui/select.tsx";
import { useState } from "react";
import { TestDialog } from "../../templates/test-dialog.tsx";
import { testCampaign, type Campaign } from "../data.ts";
import { texts } from "../texts.ts";

const letters = ["A", "B", "C", "D"] as const;

/** Tries a campaign out, one variant at a time. */
export default function TestSend({ campaign, close }: { campaign: Campaign; close: () => void }) {
  const t = texts.use();
  const [variant, setVariant] = useState<(typeof letters)[number]>("A");
  return (
    <TestDialog isReady label={t("test.send")} send={(to, contact_id) => testCampaign(campaign.id, { to, variant, contact_id })} close={close}>
      {campaign.variants.length > 1 && (
        <Field label={t("test.variant")}>
          {(ids) => (
            <Select
              {...ids}
              value={variant}
              onChange={setVariant}
              options={letters.slice(0, campaign.variants.length).map((value, place) => ({ value, label: `${value} · ${campaign.variants[place]!.template_name}` }))}
            />
          )}
        </Field>
      )}
    </TestDialog>
  );
}

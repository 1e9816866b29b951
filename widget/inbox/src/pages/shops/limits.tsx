import type { IntegrationView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Checkbox, Choice } from "#ui/choice.tsx";
import { DialogContent } from "#ui/dialog.tsx";
import { Field, Input } from "#ui/field.tsx";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { app } from "../../i18n/app.ts";
import { attempt } from "../settings/parts.tsx";
import { putShop } from "./data.ts";
import { texts } from "./texts.ts";

const AMOUNT = /^\d{1,10}(?:\.\d{1,3})?$/;

/** What staff that are no admins may have done with orders by themselves. */
export function Limits({ shop, close }: { shop: IntegrationView; close: () => void }) {
  const t = texts.use();
  const shell = app.use();
  const [amount, setAmount] = useState(String(Number(shop.refund_limit)));
  const [mayCancel, setMayCancel] = useState(shop.staff_may_cancel);
  const [busy, setBusy] = useState(false);
  const typed = amount.trim().replace(",", ".");
  const isFit = AMOUNT.test(typed);
  const save = async (): Promise<void> => {
    if (busy || !isFit) return;
    setBusy(true);
    const kept = await attempt(async () =>
      putShop(await api.put("/api/integrations/{integration_id}/limits", { path: { integration_id: shop.id }, body: { refund_limit: typed, staff_may_cancel: mayCancel } })),
    );
    setBusy(false);
    if (kept) close();
  };
  return (
    <DialogContent
      title={t("limits.title", { name: shop.name })}
      text={t("limits.text")}
      footer={
        <>
          <Button onClick={close}>{shell("cancel")}</Button>
          <Button variant="primary" type="submit" form="shop-limits" busy={busy} disabled={!isFit}>
            {shell("save")}
          </Button>
        </>
      }
    >
      <form
        id="shop-limits"
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field label={t("limits.refund")} hint={t("limits.refund.hint")} error={isFit ? undefined : t("limits.wrong")}>
          {(ids) => <Input {...ids} dir="ltr" inputMode="decimal" value={amount} maxLength={14} onChange={(event) => setAmount(event.target.value)} />}
        </Field>
        <Choice label={t("limits.cancel")} hint={t("limits.cancel.hint")}>
          {(ids) => <Checkbox {...ids} checked={mayCancel} onCheckedChange={(checked) => setMayCancel(checked === true)} />}
        </Choice>
      </form>
    </DialogContent>
  );
}

import type { IntegrationView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { DialogContent } from "#ui/dialog.tsx";
import { Field, Input } from "#ui/field.tsx";
import { toast } from "#ui/toast.tsx";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { app } from "../../i18n/app.ts";
import { putShop } from "./data.ts";
import { wrongOf, type Wrong } from "./connect/wrong.ts";
import { texts } from "./texts.ts";

/** Another key to a shop's API: tried before it takes the place of the last. */
export function AnotherKey({ shop, close }: { shop: IntegrationView; close: () => void }) {
  const t = texts.use();
  const shell = app.use();
  const [key, setKey] = useState("");
  const [secret, setSecret] = useState("");
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<Wrong>({});
  const isWoo = shop.platform === "woocommerce";
  const isFit = key.trim() !== "" && (!isWoo || secret.trim() !== "");
  const save = async (): Promise<void> => {
    if (busy || !isFit) return;
    setBusy(true);
    try {
      putShop(await api.put("/api/integrations/{integration_id}/key", { path: { integration_id: shop.id }, body: { key: key.trim(), key_secret: isWoo ? secret.trim() : "" } }));
      toast({ tone: "success", title: t("key.saved"), key: "settings" });
      close();
    } catch (error) {
      setWrong(wrongOf(error));
      setBusy(false);
    }
  };
  return (
    <DialogContent
      title={t("key.title", { name: shop.name })}
      text={t("key.text")}
      footer={
        <>
          <Button onClick={close}>{shell("cancel")}</Button>
          <Button variant="primary" type="submit" form="shop-key" busy={busy} disabled={!isFit}>
            {t("key.action")}
          </Button>
        </>
      }
    >
      <form
        id="shop-key"
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field label={t(shop.platform === "custom" ? "field.key.stripe" : `field.key.${shop.platform}`)} error={wrong.key ?? wrong.shop}>
          {(ids) => <Input {...ids} dir="ltr" type="password" autoComplete="off" value={key} maxLength={400} onChange={(event) => setKey(event.target.value)} />}
        </Field>
        {isWoo && (
          <Field label={t("field.key_secret")} error={wrong.secret}>
            {(ids) => <Input {...ids} dir="ltr" type="password" autoComplete="off" value={secret} maxLength={200} onChange={(event) => setSecret(event.target.value)} />}
          </Field>
        )}
        {wrong.other && (
          <p role="alert" className="text-sm text-danger">
            {wrong.other}
          </p>
        )}
      </form>
    </DialogContent>
  );
}

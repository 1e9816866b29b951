import type { IntegrationView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { confirm } from "#ui/confirm.ts";
import { Dialog } from "#ui/dialog.tsx";
import { toast } from "#ui/toast.tsx";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { attempt } from "../settings/parts.tsx";
import type { MadeShop } from "./connect/made.tsx";
import { putShop } from "./data.ts";
import { AnotherKey } from "./another-key.tsx";
import { Limits } from "./limits.tsx";
import { texts } from "./texts.ts";

/** What an admin may change about a shop. */
export function Manage({ shop, told }: { shop: IntegrationView; told: (made: MadeShop) => void }) {
  const t = texts.use();
  const [open, setOpen] = useState<"limits" | "key">();
  const given = { path: { integration_id: shop.id } };

  const rotate = async (): Promise<void> => {
    if (!(await confirm({ title: t("rotate.title", { name: shop.name }), text: t("rotate.text"), action: t("rotate") }))) return;
    await attempt(async () => {
      const { integration, secret } = await api.post("/api/integrations/{integration_id}/rotate", given);
      putShop(integration);
      told({ shop: integration, secret, isNew: false });
    });
  };
  const disconnect = async (): Promise<void> => {
    if (!(await confirm({ title: t("disconnect.title", { name: shop.name }), text: t("disconnect.text"), action: t("disconnect"), danger: true }))) return;
    await attempt(async () => {
      putShop(await api.delete("/api/integrations/{integration_id}", given));
      toast({ tone: "success", title: t("disconnected"), key: "settings" });
    });
  };

  return (
    <div className="flex flex-wrap gap-2 border-t border-line pt-4">
      {shop.is_readable && <Button onClick={() => setOpen("limits")}>{t("limits")}</Button>}
      {shop.is_readable && <Button onClick={() => setOpen("key")}>{t("key")}</Button>}
      {!shop.chooses_secret && <Button onClick={() => void rotate()}>{t("rotate")}</Button>}
      <Button variant="ghost" className="text-danger hover:text-danger" onClick={() => void disconnect()}>
        {t("disconnect")}
      </Button>
      <Dialog open={open !== undefined} onOpenChange={() => setOpen(undefined)}>
        {open === "limits" && <Limits shop={shop} close={() => setOpen(undefined)} />}
        {open === "key" && <AnotherKey shop={shop} close={() => setOpen(undefined)} />}
      </Dialog>
    </div>
  );
}

import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { CreditCard, Plug, ShoppingBag, ShoppingCart, type LucideIcon } from "lucide-react";
import { useState } from "react";
import { Part } from "../../settings/parts.tsx";
import { OWN_NAMES, PLATFORMS, type Platform } from "../platforms.ts";
import { texts } from "../texts.ts";
import { ConnectForm } from "./form.tsx";
import type { MadeShop } from "./made.tsx";

const icons: Record<Platform, LucideIcon> = { shopify: ShoppingBag, woocommerce: ShoppingCart, stripe: CreditCard, custom: Plug };

/** The ways to connect a shop, with what each needs. */
export function Connect({ made }: { made: (shop: MadeShop) => void }) {
  const t = texts.use();
  const [chosen, setChosen] = useState<Platform>();
  return (
    <Part title={t("connect")} text={t("connect.text")}>
      <ul className="grid gap-3 sm:grid-cols-2">
        {PLATFORMS.map((platform) => {
          const Icon = icons[platform];
          const named = platform === "custom" ? t("platform.custom") : OWN_NAMES[platform];
          return (
            <li key={platform} className="flex flex-col gap-3 rounded-md border border-line p-4">
              <div className="flex flex-1 gap-3">
                <Icon className="mt-0.5 size-5 shrink-0 text-muted" strokeWidth={1.75} aria-hidden />
                <div>
                  <h4 className="text-sm font-semibold">{named}</h4>
                  <p className="mt-0.5 text-sm text-muted">{t(`needs.${platform}`)}</p>
                </div>
              </div>
              <Button className="self-start" onClick={() => setChosen(platform)} aria-label={t("connect.named", { name: named })}>
                {t("connect.action")}
              </Button>
            </li>
          );
        })}
      </ul>
      <Dialog open={chosen !== undefined} onOpenChange={() => setChosen(undefined)}>
        {chosen && <ConnectForm key={chosen} platform={chosen} made={made} close={() => setChosen(undefined)} />}
      </Dialog>
    </Part>
  );
}

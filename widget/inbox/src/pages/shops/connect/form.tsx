import { Button } from "#ui/button.tsx";
import { Segmented } from "#ui/choice.tsx";
import { DialogContent } from "#ui/dialog.tsx";
import { Field, Input } from "#ui/field.tsx";
import { focusOnMount } from "#ui/focus.ts";
import { toast } from "#ui/toast.tsx";
import { useState } from "react";
import { api } from "../../../api/client.ts";
import { isProblem } from "../../../api/problem.ts";
import { app } from "../../../i18n/app.ts";
import { putShop } from "../data.ts";
import { OWN_NAMES, type Platform } from "../platforms.ts";
import { texts } from "../texts.ts";
import type { MadeShop } from "./made.tsx";
import { wrongOf, type Wrong } from "./wrong.ts";

interface ConnectFormProps {
  platform: Platform;
  made: (shop: MadeShop) => void;
  close: () => void;
}

type Way = "owner" | "keys";

const HOST = ".myshopify.com";

/** Shopify's own name of a shop, however it was typed or pasted. */
const domainOf = (typed: string): string => {
  const host = typed.trim().toLowerCase().replace(/^https?:\/\//, "").replace(/\/.*$/, "");
  return host.includes(".") || host === "" ? host : host + HOST;
};
const addressOf = (typed: string): string => {
  const address = typed.trim().replace(/\/+$/, "");
  return address === "" || /^https?:\/\//.test(address) ? address : `https://${address}`;
};

/** Connects a shop: by a visit to its own page, or by keys that are pasted; a shop of one's own by a secret that is made here. */
export function ConnectForm({ platform, made, close }: ConnectFormProps) {
  const t = texts.use();
  const shell = app.use();
  const [way, setWay] = useState<Way>("owner");
  const [name, setName] = useState("");
  const [typed, setTyped] = useState("");
  const [key, setKey] = useState("");
  const [secret, setSecret] = useState("");
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<Wrong>({});
  const hasWays = platform === "shopify" || platform === "woocommerce";
  const isVisit = hasWays && way === "owner";
  const shop = platform === "shopify" ? domainOf(typed) : platform === "woocommerce" ? addressOf(typed) : name.trim();
  const needsSecret = hasWays && !isVisit;
  const isFit = name.trim() !== "" && shop !== "" && (isVisit || platform === "custom" || key.trim() !== "") && (!needsSecret || secret.trim() !== "");
  const set = (change: (value: string) => void) => (event: { target: { value: string } }) => {
    change(event.target.value);
    setWrong({});
  };

  const visit = async (): Promise<void> => {
    if (platform !== "shopify" && platform !== "woocommerce") return;
    const { url } = await api.post("/api/integrations/begin", { body: { platform, shop, name: name.trim() } });
    location.assign(url);
  };
  const paste = async (): Promise<void> => {
    const keys = { key: platform === "custom" ? "" : key.trim(), key_secret: platform === "woocommerce" ? secret.trim() : "" };
    const signs = platform === "shopify" ? { secret: secret.trim() } : {};
    const done = await api.post("/api/integrations", { body: { platform, shop, name: name.trim(), ...keys, ...signs } });
    putShop(done.integration);
    if (done.secret) made({ shop: done.integration, secret: done.secret, isNew: true });
    else toast({ tone: "success", title: t("connected"), key: "settings" });
    close();
  };
  const connect = async (): Promise<void> => {
    if (busy || !isFit) return;
    setBusy(true);
    try {
      await (isVisit ? visit() : paste());
    } catch (error) {
      if (isProblem(error, "no_app")) setWay("keys");
      setWrong(wrongOf(error));
      setBusy(false);
    }
  };

  return (
    <DialogContent
      title={t("connect.named", { name: platform === "custom" ? t("platform.custom") : OWN_NAMES[platform] })}
      text={t(`how.${platform}`)}
      footer={
        <>
          <Button onClick={close}>{shell("cancel")}</Button>
          <Button variant="primary" type="submit" form="connect-shop" busy={busy} disabled={!isFit}>
            {isVisit ? t("visit") : t("connect.action")}
          </Button>
        </>
      }
    >
      <form
        id="connect-shop"
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void connect();
        }}
      >
        {hasWays && (
          <div className="flex flex-col items-start gap-1.5">
            <Segmented
              aria-label={t("way")}
              value={way}
              onChange={(next) => {
                setWay(next);
                setWrong({});
              }}
              options={[
                { value: "owner", label: t("way.owner") },
                { value: "keys", label: t("way.keys") },
              ]}
            />
            <p className="text-xs text-muted">{t(`way.${way}.${platform}`)}</p>
          </div>
        )}
        <Field label={t("field.name")} hint={t("field.name.hint")} error={hasWays ? undefined : wrong.shop}>
          {(ids) => <Input {...ids} ref={focusOnMount} value={name} maxLength={80} onChange={set(setName)} />}
        </Field>
        {hasWays && (
          <Field label={t(`field.shop.${platform}`)} hint={platform === "shopify" && shop && shop !== typed.trim() ? <bdi dir="ltr">{shop}</bdi> : t(`field.shop.${platform}.hint`)} error={wrong.shop}>
            {(ids) => <Input {...ids} dir="ltr" value={typed} maxLength={255} placeholder={platform === "shopify" ? "harbour-lights" : "https://shop.example.com"} onChange={set(setTyped)} />}
          </Field>
        )}
        {platform !== "custom" && !isVisit && (
          <Field label={t(`field.key.${platform}`)} hint={t(`field.key.${platform}.hint`)} error={wrong.key}>
            {(ids) => <Input {...ids} dir="ltr" type="password" autoComplete="off" value={key} maxLength={400} onChange={set(setKey)} />}
          </Field>
        )}
        {needsSecret && (
          <Field label={t(platform === "shopify" ? "field.secret" : "field.key_secret")} hint={platform === "shopify" ? t("field.secret.hint") : undefined} error={wrong.secret}>
            {(ids) => <Input {...ids} dir="ltr" type="password" autoComplete="off" value={secret} maxLength={200} onChange={set(setSecret)} />}
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

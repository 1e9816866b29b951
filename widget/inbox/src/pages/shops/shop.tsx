import type { IntegrationView } from "#shared/wire.ts";
import { Badge, type Tone } from "#ui/badge.tsx";
import { CopyButton } from "#ui/copy-button.tsx";
import { Progress } from "#ui/progress.tsx";
import { Ago } from "#ui/time.tsx";
import { Button } from "#ui/button.tsx";
import { useId, useState } from "react";
import { api } from "../../api/client.ts";
import { useIsRole } from "../../session/session.ts";
import { attempt, Part } from "../settings/parts.tsx";
import type { MadeShop } from "./connect/made.tsx";
import { putShop } from "./data.ts";
import { DriftMeter } from "./drift.tsx";
import { Manage } from "./manage.tsx";
import { OWN_NAMES } from "./platforms.ts";
import { texts } from "./texts.ts";
import { Troubles } from "./troubles.tsx";

interface ShopProps {
  shop: IntegrationView;
  told: (made: MadeShop) => void;
}

/** One connected shop: how it is, how far it was read, and what can be done about it. */
export function Shop({ shop, told }: ShopProps) {
  const t = texts.use();
  const isAdmin = useIsRole("admin");
  const platform = shop.platform === "custom" ? t("platform.custom") : OWN_NAMES[shop.platform];
  return (
    <Part title={shop.name} text={shop.shop === shop.name ? platform : `${platform} · ${shop.shop}`} actions={<State shop={shop} />}>
      {shop.is_connected ? (
        <>
          {shop.error_message && <Wrong>{shop.error_message}</Wrong>}
          <Facts shop={shop} />
          {shop.is_readable && <Reading shop={shop} />}
          {shop.drift && <DriftMeter drift={shop.drift} />}
          {shop.webhook_trouble && <Wrong>{t("webhooks.trouble", { why: shop.webhook_trouble })}</Wrong>}
          {isAdmin && (!shop.is_readable || shop.webhook_trouble) && <Address shop={shop} />}
          {isAdmin && <Troubles shop={shop} />}
        </>
      ) : (
        <p className="text-sm text-muted">{shop.error_message ? t("lost.text") : t("disconnected.text")}</p>
      )}
      {isAdmin && shop.is_connected && <Manage shop={shop} told={told} />}
    </Part>
  );
}

function State({ shop }: { shop: IntegrationView }) {
  const t = texts.use();
  const state = !shop.is_connected
    ? shop.status === "error"
      ? "lost"
      : "disconnected"
    : shop.status === "error"
      ? "trouble"
      : shop.paused_at
        ? "paused"
        : shop.sync_status === "first"
          ? "first"
          : shop.sync_status === "failed"
            ? "failed"
            : "active";
  const tones: Record<typeof state, Tone> = { lost: "danger", disconnected: "neutral", trouble: "danger", paused: "warning", first: "info", failed: "warning", active: "success" };
  return (
    <Badge role="status" tone={tones[state]}>
      {t(`state.${state}`)}
    </Badge>
  );
}

const Wrong = ({ children }: { children: React.ReactNode }) => (
  <p role="status" className="rounded-sm bg-warning-soft px-3 py-2 text-sm text-warning">
    <bdi>{children}</bdi>
  </p>
);

function Facts({ shop }: { shop: IntegrationView }) {
  const t = texts.use();
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-2 text-sm sm:grid-cols-3">
      <div>
        <dt className="text-xs text-faint">{t("last.delivery")}</dt>
        <dd>{shop.last_delivery_at ? <Ago at={shop.last_delivery_at} /> : t("never")}</dd>
      </div>
      {shop.is_readable && (
        <div>
          <dt className="text-xs text-faint">{t("last.read")}</dt>
          <dd>{shop.last_sync_at ? <Ago at={shop.last_sync_at} /> : t("never")}</dd>
        </div>
      )}
      <div>
        <dt className="text-xs text-faint">{t("connected.since")}</dt>
        <dd>
          <Ago at={shop.connected_at} />
        </dd>
      </div>
    </dl>
  );
}

/** How far its API was read, while that is news: the first time, or while it is stopped. */
function Reading({ shop }: { shop: IntegrationView }) {
  const t = texts.use();
  const isAdmin = useIsRole("admin");
  const [busy, setBusy] = useState(false);
  const isFirst = shop.last_sync_at === null;
  const run = async (what: "pause" | "sync"): Promise<void> => {
    if (busy) return;
    setBusy(true);
    await attempt(async () => putShop(await api.post(`/api/integrations/{integration_id}/${what}`, { path: { integration_id: shop.id } })));
    setBusy(false);
  };
  const bad = (shop.readings ?? []).filter(({ malformed }) => malformed > 0);
  return (
    <>
      {isFirst && (
        <ul className="flex flex-col gap-2">
          {(shop.readings ?? []).map(({ resource, count, total, done_until }) => {
            const words = total === null ? t(`reading.${resource}.some`, { count }) : t(`reading.${resource}`, { count, total });
            return (
              <li key={resource} className="flex flex-col gap-1 text-sm">
                <span className="flex justify-between gap-3">
                  <span>{words}</span>
                  {done_until && <span className="text-xs text-success">{t("reading.done")}</span>}
                </span>
                <Progress label={words} value={done_until ? 1 : total ? count / total : undefined} />
              </li>
            );
          })}
        </ul>
      )}
      {isFirst && <p className="text-xs text-muted">{t(shop.paused_at ? "reading.paused" : "reading.text")}</p>}
      {bad.map(({ resource, malformed, why }) => (
        <p key={resource} className="text-sm text-warning">
          {t("malformed", { count: malformed })} <bdi>{why}</bdi>
        </p>
      ))}
      {isAdmin && (
        <div className="flex flex-wrap gap-2">
          {shop.paused_at ? (
            <Button size="sm" variant="primary" busy={busy} onClick={() => void run("sync")}>
              {t("resume")}
            </Button>
          ) : (
            <>
              {!isFirst && (
                <Button size="sm" busy={busy} onClick={() => void run("sync")}>
                  {t("read")}
                </Button>
              )}
              <Button size="sm" busy={busy} onClick={() => void run("pause")}>
                {t("pause")}
              </Button>
            </>
          )}
        </div>
      )}
    </>
  );
}

/** Where the shop's webhooks go, for those who set them up by hand. */
function Address({ shop }: { shop: IntegrationView }) {
  const t = texts.use();
  const id = useId();
  const address = shop.webhook_url.replace("{event}", "orders");
  return (
    <div className="flex flex-col gap-1.5">
      <p id={id} className="text-sm font-medium">
        {t("address")}
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <code aria-labelledby={id} dir="ltr" className="min-w-0 flex-1 basis-60 rounded-sm border border-line bg-sunken px-2.5 py-1.5 text-start text-xs wrap-anywhere">
          {address}
        </code>
        <CopyButton text={address} />
      </div>
      <p className="text-xs text-faint">{t("address.text")}</p>
    </div>
  );
}

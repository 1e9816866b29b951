import type { Drift } from "#shared/wire.ts";
import { Ago } from "#ui/time.tsx";
import { texts } from "./texts.ts";

/** Orders of the last day, in the shop and here: two bars that should be as long as each other. */
export function DriftMeter({ drift }: { drift: Drift }) {
  const t = texts.use();
  const most = Math.max(drift.shop, drift.here, 1);
  const lost = drift.shop - drift.here;
  const words = lost === 0 ? t("drift.none") : lost > 0 ? t("drift.lost", { count: lost }) : t("drift.more", { count: -lost });
  return (
    <figure className="flex flex-col gap-1.5 text-sm" aria-label={t("drift.label", { shop: drift.shop, here: drift.here })}>
      <figcaption className="flex flex-wrap justify-between gap-2">
        <span className="font-medium">{t("drift")}</span>
        <span className={lost === 0 ? "text-xs text-success" : "text-xs text-warning"}>{words}</span>
      </figcaption>
      <Bar label={t("drift.shop")} value={drift.shop} share={drift.shop / most} className="bg-line-control" />
      <Bar label={t("drift.here")} value={drift.here} share={drift.here / most} className={lost === 0 ? "bg-success" : "bg-warning"} />
      <p className="text-xs text-faint">
        {t("drift.at")} <Ago at={drift.at} />
      </p>
    </figure>
  );
}

function Bar({ label, value, share, className }: { label: string; value: number; share: number; className: string }) {
  return (
    <div className="flex items-center gap-2 text-xs text-muted">
      <span className="w-20 shrink-0">{label}</span>
      <span className="h-2 flex-1 overflow-hidden rounded-full bg-pressed" aria-hidden>
        <span className={`block h-full rounded-full ${className}`} style={{ width: `${share * 100}%` }} />
      </span>
      <span className="w-8 text-end tabular-nums">{value}</span>
    </div>
  );
}

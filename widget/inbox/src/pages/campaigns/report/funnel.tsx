import type { Funnel as Numbers } from "#shared/wire.ts";
import { cn } from "#ui/cn.ts";
import { useLocale } from "../../../i18n/locale.ts";
import { count, share } from "../numbers.ts";
import { texts } from "../texts.ts";

interface FunnelProps {
  funnel: Numbers;
  isTracked: boolean;
}

interface Row {
  name: "audience" | "sent" | "delivered" | "opened" | "clicked" | "replied" | "bounced" | "unsubscribed" | "complained";
  value: number;
  of: number;
  isBad?: boolean;
}

/** From everybody of the audience to whoever answered; and who was lost on the way. */
export function Funnel({ funnel, isTracked }: FunnelProps) {
  const t = texts.use();
  const locale = useLocale();
  const { audience, sent, delivered } = funnel;
  const rows: Row[] = [
    { name: "audience", value: audience, of: audience },
    { name: "sent", value: sent, of: audience },
    { name: "delivered", value: delivered, of: sent },
    ...(isTracked ? ([{ name: "opened", value: funnel.opened.human, of: delivered }, { name: "clicked", value: funnel.clicked.human, of: delivered }] as const) : []),
    { name: "replied", value: funnel.replied, of: delivered },
    { name: "bounced", value: funnel.bounced, of: sent, isBad: true },
    { name: "unsubscribed", value: funnel.unsubscribed, of: delivered, isBad: true },
    { name: "complained", value: funnel.complained, of: delivered, isBad: true },
  ];
  return (
    <dl className="flex flex-col gap-2">
      {rows.map(({ name, value, of, isBad = false }) => (
        <div key={name} className={cn("grid grid-cols-[7rem_1fr_6.5rem] items-center gap-3 text-sm", name === "bounced" && "mt-2 border-t border-line pt-3")} title={t(`funnel.${name}.about`)}>
          <dt className="text-muted">{t(`funnel.${name}`)}</dt>
          <dd aria-hidden className="h-2 overflow-hidden rounded-full bg-pressed">
            <span className={cn("block h-full rounded-full", isBad ? "bg-warning" : "bg-accent")} style={{ width: `${of > 0 ? Math.min(100, ((isBad ? value / of : value / Math.max(audience, 1)) * 100)) : 0}%` }} />
          </dd>
          <dd className="text-end tabular-nums">
            <span className="font-medium">{count(value, locale)}</span>
            {name !== "audience" && <span className="ms-2 inline-block min-w-12 text-xs text-faint">{share(value, of, locale)}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

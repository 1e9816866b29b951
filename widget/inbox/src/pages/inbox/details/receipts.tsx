import type { ConversationView } from "#shared/wire.ts";
import { Ago } from "#ui/time.tsx";
import { useQuery } from "@tanstack/react-query";
import { Suspense, useState } from "react";
import { useLocale } from "../../../i18n/locale.ts";
import { later } from "../../../later.tsx";
import { decisionsQuery } from "../decisions.ts";
import { texts } from "../texts.ts";
import { reasonText } from "../thread/reasons.ts";
import { Section } from "./section.tsx";

const Receipt = later(() => import("../thread/receipt.tsx"));
const SHOWN = 10;

/** What the AI agent decided here, the last first. Nothing where it never acted, or is not part of this installation. */
export function Receipts({ conversation }: { conversation: ConversationView }) {
  const t = texts.use();
  const locale = useLocale();
  const [open, setOpen] = useState<number>();
  const { data = [] } = useQuery(decisionsQuery(conversation.id));
  if (data.length === 0) return null;
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const newest = [...data].sort((a, b) => b.id - a.id).slice(0, SHOWN);
  return (
    <Section title={t("receipts")}>
      <ul className="-mx-1.5 flex flex-col">
        {newest.map((receipt) => (
          <li key={receipt.id}>
            <button type="button" onClick={() => setOpen(receipt.id)} className="flex w-full flex-col rounded-sm px-1.5 py-1.5 text-start text-sm transition-colors hover:bg-hover">
              <span className="flex w-full items-baseline gap-2">
                <span className="min-w-0 flex-1 truncate">{t(`outcome.${receipt.outcome}`)}</span>
                {receipt.confidence !== null && <span className="text-xs text-muted tabular-nums">{percent.format(receipt.confidence)}</span>}
              </span>
              <span className="flex w-full gap-2 text-xs text-faint">
                <span className="min-w-0 flex-1 truncate">{reasonText(receipt.reason)}</span>
                <Ago at={receipt.created_at} className="shrink-0" />
              </span>
            </button>
          </li>
        ))}
      </ul>
      <Suspense>{open !== undefined && <Receipt conversation={conversation.id} decision={open} close={() => setOpen(undefined)} />}</Suspense>
    </Section>
  );
}

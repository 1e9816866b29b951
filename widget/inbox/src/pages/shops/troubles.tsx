import type { IntegrationView } from "#shared/wire.ts";
import { Ago } from "#ui/time.tsx";
import { useQuery } from "@tanstack/react-query";
import { troublesQuery } from "./data.ts";
import { texts } from "./texts.ts";

/** What the shop delivered last that could not be understood. */
export function Troubles({ shop }: { shop: IntegrationView }) {
  const t = texts.use();
  const { data } = useQuery(troublesQuery(shop.id));
  if (!data || data.deliveries.length === 0) return null;
  return (
    <details className="group text-sm">
      <summary className="text-warning">{t("troubles", { count: data.deliveries.length })}</summary>
      <ul className="mt-2 flex flex-col gap-1.5">
        {data.deliveries.map(({ id, topic, reason, received_at }) => (
          <li key={id} className="flex flex-wrap justify-between gap-x-3">
            <bdi className="font-mono text-xs">{topic}</bdi>
            <Ago at={received_at} className="text-xs text-faint" />
            <bdi className="w-full text-xs text-muted">{reason}</bdi>
          </li>
        ))}
      </ul>
    </details>
  );
}

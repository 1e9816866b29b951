import type { ConversationView, ToolCallView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { useQuery } from "@tanstack/react-query";
import { Check, LoaderCircle, TriangleAlert, Wrench, X } from "lucide-react";
import { useState } from "react";
import { useIsRole } from "../../../session/session.ts";
import { texts } from "../texts.ts";
import { toolCallsQuery } from "../tool-calls.ts";
import { approve, isOpen, reject } from "./proposed.ts";

/** Changes that the AI agent could make if somebody let it: a refund, a new confirmation. Nothing of it happens without a click here. */
export function Proposed({ conversation }: { conversation: ConversationView }) {
  const { data = [] } = useQuery({ ...toolCallsQuery(conversation.id), enabled: conversation.handler === "human" });
  return conversation.handler === "human" && data.filter(isOpen).map((call) => <Card key={call.id} call={call} />);
}

function Card({ call }: { call: ToolCallView }) {
  const t = texts.use();
  const [isBusy, setBusy] = useState(false);
  const mayDecide = useIsRole(...call.roles);
  const isUnderWay = call.status === "approved";
  const decide = (how: typeof approve) => async (): Promise<void> => {
    setBusy(true);
    await how(call);
    setBusy(false);
  };
  return (
    <section aria-label={t("proposed", { title: call.title })} className="mx-3 mb-2 rounded-md border border-ai bg-ai-soft px-3 py-2 text-sm max-md:mx-2" data-proposed={call.status}>
      <div className="flex items-center gap-2">
        <Wrench className="size-4 shrink-0 text-ai" aria-hidden />
        <h3 className="min-w-0 flex-1 truncate text-xs text-muted">
          <span className="font-semibold text-ai">{t("proposed.by")}</span>
          {" · "}
          <bdi>{call.title}</bdi>
        </h3>
      </div>
      <dl className="mt-1 grid max-h-[14dvh] grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 overflow-y-auto text-xs">
        {call.preview.map(({ label, value }, index) => (
          <div key={index} className="contents">
            <dt className="text-muted">{label}</dt>
            <dd className="min-w-0 break-words font-medium">
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <div role="status">
        {isUnderWay && (
          <p className="mt-1.5 flex items-center gap-1.5 text-xs text-muted">
            <LoaderCircle className="size-3.5 shrink-0 motion-safe:animate-spin" aria-hidden />
            {t("proposed.under-way", { name: call.decided_by })}
          </p>
        )}
        {call.status === "failed" && (
          <p className="mt-1.5 flex items-center gap-1.5 text-xs text-danger">
            <TriangleAlert className="size-3.5 shrink-0" aria-hidden />
            {t("proposed.trouble", { trouble: call.trouble })}
          </p>
        )}
      </div>
      {!isUnderWay && mayDecide && (
        <div className="mt-2 flex flex-wrap items-center gap-2">
          <Button size="sm" variant="primary" busy={isBusy} onClick={() => void decide(approve)()}>
            <Check aria-hidden />
            {t(call.status === "failed" ? "proposed.again" : "proposed.approve")}
          </Button>
          <Button size="sm" variant="ghost" busy={isBusy} onClick={() => void decide(reject)()}>
            <X aria-hidden />
            {t("proposed.reject")}
          </Button>
        </div>
      )}
      {!mayDecide && <p className="mt-1.5 text-xs text-muted">{t(call.roles.length > 0 ? "proposed.not-yours" : "proposed.gone")}</p>}
    </section>
  );
}

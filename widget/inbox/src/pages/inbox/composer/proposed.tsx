import type { ConversationView, ToolCallView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { useQuery } from "@tanstack/react-query";
import { Check, LoaderCircle, TriangleAlert, Wrench, X } from "lucide-react";
import { useId, useRef, useState } from "react";
import { useIsRole } from "../../../session/session.ts";
import { texts } from "../texts.ts";
import { toolCallsQuery } from "../tool-calls.ts";
import { approve, isLost, isShown, reject } from "./proposed.ts";

/** Changes that the AI agent could make if somebody let it: a refund, a new confirmation. Nothing of it happens without a click here. */
export function Proposed({ conversation }: { conversation: ConversationView }) {
  const t = texts.use();
  const { data = [] } = useQuery({ ...toolCallsQuery(conversation.id), enabled: conversation.handler === "human" });
  const [told, setTold] = useState("");
  const region = useRef<HTMLDivElement>(null);
  if (conversation.handler !== "human") return null;
  const shown = data.filter((call) => isShown(call, conversation));
  const isOver = conversation.status === "resolved";
  const decided = (text: string): void => {
    setTold(text);
    region.current?.focus(); // the button that had it may be gone
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard
    <div ref={region} role="group" aria-label={t("proposed.all")} tabIndex={shown.length > 0 ? 0 : -1} className="mx-3 max-h-[30dvh] overflow-y-auto rounded-md max-md:mx-2">
      <p role="status" className="sr-only">
        {told}
      </p>
      {shown.map((call) => (
        <Card key={call.id} call={call} isOver={isOver} onDecided={decided} />
      ))}
    </div>
  );
}

interface CardProps {
  call: ToolCallView;
  /** Nobody decides in a conversation that ended; what was approved before may be under way. */
  isOver: boolean;
  onDecided: (told: string) => void;
}

function Card({ call, isOver, onDecided }: CardProps) {
  const t = texts.use();
  const title = useId();
  const [isBusy, setBusy] = useState(false);
  const mayDecide = useIsRole(...call.roles);
  const isWithdrawn = call.status === "withdrawn";
  const isUnderWay = call.status === "approved" && !isLost(call);
  const decide = async (how: typeof approve, told: string): Promise<void> => {
    setBusy(true);
    const isDone = await how(call);
    setBusy(false);
    if (isDone) onDecided(told);
  };
  return (
    <section aria-label={t("proposed", { title: call.title })} className="mb-2 rounded-md border border-ai bg-ai-soft px-3 py-2 text-sm" data-proposed={call.status}>
      <h3 id={title} className="flex items-start gap-2 text-xs text-muted">
        <Wrench className="size-4 shrink-0 text-ai" aria-hidden />
        <span className="min-w-0 flex-1 break-words">
          <span className="font-semibold text-ai">{t("proposed.by")}</span>
          {" · "}
          <bdi>{call.title}</bdi>
        </span>
      </h3>
      <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 text-xs">
        {call.preview.map(({ label, value }, index) => (
          <div key={index} className="contents">
            <dt className="text-muted">
              <bdi>{label}</bdi>
            </dt>
            <dd className="min-w-0 break-words font-medium">
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {isUnderWay && (
        <p className="mt-1.5 flex items-center gap-1.5 text-xs text-muted">
          <LoaderCircle className="size-3.5 shrink-0 motion-safe:animate-spin" aria-hidden />
          {t("proposed.under-way", { name: call.decided_by })}
        </p>
      )}
      {call.status === "failed" && (
        <p role="status" className="mt-1.5 flex items-center gap-1.5 text-xs text-danger">
          <TriangleAlert className="size-3.5 shrink-0" aria-hidden />
          {t("proposed.trouble", { trouble: call.trouble })}
        </p>
      )}
      {isWithdrawn && (
        <p role="status" className="mt-1.5 flex items-center gap-1.5 text-xs text-muted">
          <X className="size-3.5 shrink-0" aria-hidden />
          {t("proposed.withdrawn")}
        </p>
      )}
      {mayDecide && !isUnderWay && !isWithdrawn && (!isOver || call.status === "approved") && (
        <div className="mt-2 flex flex-wrap items-center gap-2">
          <Button size="sm" variant="primary" busy={isBusy} aria-describedby={title} onClick={() => void decide(approve, t("proposed.approved", { title: call.title }))}>
            <Check aria-hidden />
            {t(call.status === "proposed" ? "proposed.approve" : "proposed.again")}
          </Button>
          {call.status !== "approved" && (
            <Button size="sm" variant="ghost" busy={isBusy} aria-describedby={title} onClick={() => void decide(reject, t("proposed.rejected", { title: call.title }))}>
              <X aria-hidden />
              {t("proposed.reject")}
            </Button>
          )}
        </div>
      )}
      {!mayDecide && !isWithdrawn && <p className="mt-1.5 text-xs text-muted">{t(call.roles.length > 0 ? "proposed.not-yours" : "proposed.gone")}</p>}
    </section>
  );
}

import type { ConversationView } from "#shared/wire.ts";
import { cn } from "#ui/cn.ts";
import { LoaderCircle } from "lucide-react";
import { useWorking } from "../../../live/presence.ts";
import { texts } from "../texts.ts";

/** Its newest words are in sight: the key makes it anew with each of them. */
const toEnd = (field: HTMLElement | null): void => field?.scrollTo({ top: field.scrollHeight });

/** What the AI agent does right now, and what it writes as it writes it; gone when somebody takes over. */
export function Working({ conversation }: { conversation: ConversationView }) {
  const t = texts.use();
  const working = useWorking(conversation.id);
  const isOn = working !== undefined && working.epoch === conversation.handler_epoch && conversation.status !== "resolved";
  const draft = isOn ? working.draft : "";
  return (
    <div className={cn("mx-3 max-md:mx-2", isOn && "mb-2")}>
      <p role="status" className="flex items-center gap-2 px-1 text-xs text-ai" data-working={isOn ? working.stage : undefined}>
        {isOn && (
          <>
            <LoaderCircle className="size-3.5 shrink-0 animate-spin motion-reduce:animate-none" aria-hidden />
            {t(`working.${working.stage}`)}
          </>
        )}
      </p>
      {draft && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard
        <p key={draft.length} ref={toEnd} dir="auto" role="region" aria-label={t("working.draft")} tabIndex={0} className="mt-1 max-h-[16dvh] overflow-y-auto rounded-md border border-dashed border-ai px-3 py-1.5 text-sm text-muted wrap-anywhere">
          {draft}
        </p>
      )}
    </div>
  );
}

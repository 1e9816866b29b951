import type { ConversationView } from "#shared/wire.ts";
import { useQuery } from "@tanstack/react-query";
import { MailX } from "lucide-react";
import { continuityQuery } from "../mails.ts";
import { texts } from "../texts.ts";

/** That a visitor who has left does not hear of a reply by mail, and why. */
export function Unmailed({ conversation: { id } }: { conversation: ConversationView }) {
  const t = texts.use();
  const why = useQuery(continuityQuery(id)).data?.why;
  if (!why) return null;
  return (
    <p className="flex items-start gap-1.5 border-b border-line px-3 py-1.5 text-xs text-muted" data-unmailed={why}>
      <MailX className="mt-px size-3.5 shrink-0" aria-hidden />
      {t(`unmailed.${why}`)}
    </p>
  );
}

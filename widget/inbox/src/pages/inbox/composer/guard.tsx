import type { ConversationView, MessageView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { plainLine } from "#ui/plain-line.ts";
import { useInfiniteQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { threadQuery } from "../../../data/conversations.ts";
import { discard, sendAnyway, useWaiting, type Waiting } from "../../../data/outbox.ts";
import { app } from "../../../i18n/app.ts";
import { useMe } from "../../../session/session.ts";
import { texts } from "../texts.ts";
import { isWithdrawn } from "../thread/items.ts";
import { draftOf, putDraft } from "./drafts.ts";

/** A reply was held because something came in that its writer had not seen: shows it, and leaves the decision to the writer. */
export function SendGuard({ conversation }: { conversation: ConversationView }) {
  const held = useWaiting(conversation.id).find(({ failed }) => failed === "newer_messages");
  return held ? <Held key={held.id} item={held} conversation={conversation} /> : null;
}

function Held({ item, conversation }: { item: Waiting; conversation: ConversationView }) {
  const t = texts.use();
  const shell = app.use();
  const { user_id } = useMe();
  const { data } = useInfiniteQuery(threadQuery(conversation.id));
  const since = item.payload.expected_seq ?? 0;
  const newer = (data?.pages ?? []).flatMap(({ messages }) => messages).filter((message) => message.seq > since && !isWithdrawn(message) && !(message.sender_type === "user" && message.sender_id === user_id)).sort((a, b) => a.seq - b.seq);

  const nameOf = ({ sender_type, sender_name }: MessageView): string =>
    sender_type === "contact" ? conversation.contact_name || shell("visitor") : sender_type === "ai" ? shell("ai-agent") : sender_name;

  const edit = (): void => {
    const { mode, content, files, decision, whom } = item.payload;
    const { text, files: begun, decision: before, whom: chosen } = draftOf(conversation.id, mode).get();
    putDraft(conversation.id, mode, { text: text ? `${content}\n\n${text}` : content, files: [...files, ...begun], decision: decision ?? before, whom: whom ?? chosen });
    discard(item.id);
  };

  return (
    <section role="alertdialog" aria-labelledby="guard-title" className="mx-3 mb-2 rounded-md border border-line bg-warning-soft px-3 py-2.5 text-sm" data-guard="">
      <h3 id="guard-title" className="flex items-center gap-2 font-medium text-warning">
        <TriangleAlert className="size-4 shrink-0" aria-hidden />
        {t("guard.title", { count: newer.length })}
      </h3>
      <ul className="mt-1.5 flex max-h-40 flex-col gap-1 overflow-y-auto">
        {newer.map((message) => (
          <li key={message.seq} dir="auto" className="line-clamp-3">
            <span className="font-medium">{nameOf(message)}</span>
            {message.is_internal && <span className="text-muted"> · {t("message.note")}</span>}
            <span className="text-muted"> — {plainLine(message.content) || t("files")}</span>
          </li>
        ))}
      </ul>
      <div className="mt-2.5 flex flex-wrap justify-end gap-2">
        <Button variant="ghost" size="sm" onClick={() => discard(item.id)}>
          {t("guard.discard")}
        </Button>
        <Button size="sm" onClick={edit}>
          {t("guard.edit")}
        </Button>
        <Button variant="primary" size="sm" onClick={() => sendAnyway(item)}>
          {t("guard.send")}
        </Button>
      </div>
    </section>
  );
}

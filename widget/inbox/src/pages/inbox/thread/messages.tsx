import { day } from "#shared/time.ts";
import type { ConversationView, MessageView, ThreadPage } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { useQuery } from "@tanstack/react-query";
import { ArrowDown } from "lucide-react";
import { Suspense, useEffect, useMemo, useState } from "react";
import { useWaiting } from "../../../data/outbox.ts";
import { app } from "../../../i18n/app.ts";
import { useLocale } from "../../../i18n/locale.ts";
import { later } from "../../../later.tsx";
import { useMe } from "../../../session/session.ts";
import { useForwarding } from "../forward/use-forwarding.ts";
import { mailsQuery } from "../mails.ts";
import { texts } from "../texts.ts";
import { takeFocus } from "./focus.ts";
import { isWithdrawn, itemsOf, lastSeen } from "./items.ts";
import { Line } from "./line.tsx";
import { Message } from "./message.tsx";
import { usePrint } from "./print.ts";
import { ContactTyping } from "./typing.tsx";
import { useThreadScroll } from "./use-scroll.ts";
import { WaitingMessage } from "./waiting.tsx";

const Forward = later(() => import("../forward/dialog.tsx"));
const Receipt = later(() => import("./receipt.tsx"));
const WholeMail = later(() => import("./whole-mail.tsx"));

interface MessagesProps {
  conversation: ConversationView;
  readSeq: number;
  pages: ThreadPage[];
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
  /** The message with this number, and so all before it, is in sight. */
  onSeen: (seq: number) => void;
}

export function Messages({ conversation, readSeq, pages, query, onSeen }: MessagesProps) {
  const t = texts.use();
  const shell = app.use();
  const locale = useLocale();
  const { user_id } = useMe();
  const { id, contact_read_seq } = conversation;
  const contactName = conversation.contact_name || shell("visitor");
  const contactSeed = conversation.contact_id ?? id;
  const [receipt, setReceipt] = useState<number>();
  const [whole, setWhole] = useState<number>();
  const mayBeMail = conversation.channel === "email" || conversation.channel === "chat"; // a chat goes on by mail when its visitor has left
  const { data: mails } = useQuery({ ...mailsQuery(id), enabled: mayBeMail });
  const mailOf = useMemo(() => new Map(mails?.map((mail) => [mail.message_id, mail])), [mails]);

  // The mark of what is new stays where it was when the thread was opened.
  const [unreadAfter] = useState(readSeq > 0 && readSeq < conversation.last_seq ? readSeq : Infinity);
  const items = useMemo(() => itemsOf(pages, unreadAfter, user_id), [pages, unreadAfter, user_id]);
  const seenByContact = useMemo(() => lastSeen(pages, contact_read_seq), [pages, contact_read_seq]);
  const lastSeq = pages[0]?.messages.at(-1)?.seq ?? 0;
  const sent = useMemo(() => new Set(pages.flatMap(({ messages }) => messages.map(({ client_id }) => client_id))), [pages]);
  const waiting = useWaiting(id).filter((item) => !sent.has(item.id));

  const canLoad = query.hasNextPage && !query.isFetchingNextPage;
  const { fetchNextPage } = query;
  const loadOlder = useMemo(() => (canLoad ? () => void fetchNextPage() : undefined), [canLoad, fetchNextPage]);
  usePrint(query);
  const isMail = conversation.channel === "email";
  const original = useForwarding(pages, mails && mailOf, isMail);
  const firstKey = pages.at(-1)?.messages[0]?.seq.toString() ?? "none";
  const { scroller, content, onScroll, atEnd, toEnd, hold } = useThreadScroll({ firstKey, lastKey: items.at(-1)?.key, loadOlder });

  // What came while reading further up is counted on the pill.
  const [below, setBelow] = useState(lastSeq);
  if (atEnd && below !== lastSeq) setBelow(lastSeq);
  useEffect(() => {
    if (atEnd) onSeen(lastSeq);
  }, [atEnd, lastSeq, onSeen]);
  const isFresh = (message: MessageView): boolean => message.seq > below && !isWithdrawn(message) && !(message.sender_type === "user" && message.sender_id === user_id);
  const fresh = atEnd ? 0 : pages.flatMap(({ messages }) => messages).filter(isFresh).length;

  useEffect(() => takeFocus(scroller.current), [scroller]);

  // One's own words are always in sight.
  const last = waiting.at(-1)?.id;
  useEffect(() => {
    if (last) toEnd();
  }, [last, toEnd]);

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard */}
      <div ref={scroller} onScroll={onScroll} tabIndex={0} role="log" aria-label={t("thread.log", { name: contactName })} aria-relevant="additions" className="min-h-0 flex-1 overflow-y-auto [overflow-anchor:none] focus-visible:-outline-offset-2" data-thread="">
        <div ref={content} className="mx-auto flex min-h-full max-w-240 flex-col justify-end px-4 pt-2 pb-4 lg:px-6">
          {query.isFetchingNextPage && <p className="py-2 text-center text-xs text-faint">{shell("loading")}</p>}
          {items.map((item) => {
            switch (item.kind) {
              case "day":
                return (
                  <h3 key={item.key} className="flex items-center gap-3 pt-5 text-xs font-medium text-faint before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
                    <span className="inline-block first-letter:uppercase">{day(item.at, locale)}</span>
                  </h3>
                );
              case "new":
                return (
                  <p key={item.key} data-new="" className="flex items-center gap-3 pt-4 text-xs font-medium text-accent-text before:h-px before:flex-1 before:bg-accent after:h-px after:flex-1 after:bg-accent">
                    {t("thread.new")}
                  </p>
                );
              case "line":
                return <Line key={item.key} line={item.line} contactName={contactName} />;
              case "message":
                return (
                  <Message
                    key={item.key}
                    message={item.message}
                    first={item.first}
                    contactName={contactName}
                    contactSeed={contactSeed}
                    seen={item.message.seq === seenByContact}
                    mail={mailOf.get(item.message.id)}
                    isMine={item.message.sender_type === "user" && item.message.sender_id === user_id}
                    showReceipt={setReceipt}
                    showMail={setWhole}
                    isMail={isMail}
                    hold={hold}
                  />
                );
            }
          })}
          {waiting.map((item) => (
            <WaitingMessage key={item.id} item={item} conversation={id} />
          ))}
          <ContactTyping conversation={id} name={contactName} seed={contactSeed} />
        </div>
      </div>
      {!atEnd && (
        <Button variant={fresh > 0 ? "primary" : "secondary"} onClick={toEnd} className="absolute inset-x-0 bottom-3 mx-auto w-fit animate-pop rounded-full shadow-raised">
          <ArrowDown aria-hidden />
          {fresh > 0 ? t("thread.fresh", { count: fresh }) : t("thread.latest")}
        </Button>
      )}
      <Suspense>{whole !== undefined && <WholeMail message={whole} close={() => setWhole(undefined)} />}</Suspense>
      <Suspense>{original && <Forward key={original.id} message={original} mail={mailOf.get(original.id)} name={original.sender_type === "contact" ? contactName : original.sender_type === "ai" ? shell("ai-agent") : original.sender_name} />}</Suspense>
      <Suspense>{receipt !== undefined && <Receipt conversation={id} decision={receipt} close={() => setReceipt(undefined)} />}</Suspense>
    </div>
  );
}

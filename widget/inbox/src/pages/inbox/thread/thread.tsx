import { Button } from "#ui/button.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { MessageCircleOff } from "lucide-react";
import { isProblem } from "../../../api/problem.ts";
import { conversationQuery, threadQuery } from "../../../data/conversations.ts";
import { app } from "../../../i18n/app.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { Composer } from "../composer/composer.tsx";
import { texts } from "../texts.ts";
import { useInbox } from "../use-inbox.ts";
import { ThreadHeader } from "./header.tsx";
import { Messages } from "./messages.tsx";
import { useSeen } from "./use-seen.ts";

interface ThreadProps {
  id: number;
  /** Opens the details where they have no pane of their own. */
  showDetails: () => void;
}

/** The middle pane: one conversation, and what is written to it. */
export default function Thread({ id, showDetails }: ThreadProps) {
  const t = texts.use();
  const { close } = useInbox();
  const one = useQuery(conversationQuery(id));
  const thread = useInfiniteQuery(threadQuery(id));
  const seen = useSeen(id, one.data);

  if (isProblem(one.error, "not_found") || isProblem(thread.error, "not_found")) {
    return <EmptyState icon={MessageCircleOff} title={t("thread.none.title")} text={t("thread.none.text")} action={<Button onClick={close}>{t("thread.none.action")}</Button>} />;
  }
  if (!one.data) {
    return one.error ? (
      <ErrorState title={t("thread.error")} text={problemText(one.error)} retry={() => void one.refetch()} busy={one.isFetching} />
    ) : (
      <ThreadSkeleton />
    );
  }
  return (
    <>
      <ThreadHeader conversation={one.data.conversation} showDetails={showDetails} />
      {thread.data ? (
        <Messages conversation={one.data.conversation} readSeq={one.data.read_seq} pages={thread.data.pages} query={thread} onSeen={seen.onSeen} />
      ) : thread.error ? (
        <ErrorState title={t("thread.error")} text={problemText(thread.error)} retry={() => void thread.refetch()} busy={thread.isFetching} />
      ) : (
        <ThreadSkeleton />
      )}
      <Composer conversation={one.data.conversation} seenSeq={seen.seenSeq} />
    </>
  );
}

function ThreadSkeleton() {
  const t = app.use();
  return (
    <div role="status" aria-label={t("loading")} className="flex min-h-0 flex-1 flex-col justify-end gap-4 overflow-hidden p-5">
      {["w-2/3", "w-1/2", "w-3/5", "w-2/5"].map((width, index) => (
        <Skeleton key={width} className={`h-14 rounded-md ${width} ${index % 2 ? "self-end" : ""}`} />
      ))}
    </div>
  );
}

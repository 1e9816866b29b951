import type { MessageMailView, MessageView } from "#shared/wire.ts";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

const SOON_MS = 1000;
const FRESH_MS = 60_000;
const isOnItsWay = ({ state }: MessageMailView): boolean => state === "queued" || state === "sending";

/** Whether a message of ours has yet to become a mail. */
const isToBe = (newest: MessageView | undefined, mails: readonly MessageMailView[]): boolean =>
  newest !== undefined && newest.sender_type !== "contact" && !newest.is_internal && Date.now() - Date.parse(newest.created_at) < FRESH_MS && !mails.some(({ message_id }) => message_id === newest.id);

/** What the messages of a conversation were as mails. Asked again with each new message, and while one of ours is on its way. */
export const mailsQuery = (conversation: number, newest: MessageView | undefined) =>
  queryOptions({
    queryKey: ["mails", conversation, newest?.id] as const,
    queryFn: ({ signal }) => api.get("/api/conversations/{conversation_id}/mails", { path: { conversation_id: conversation }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data && (state.data.some(isOnItsWay) || isToBe(newest, state.data)) ? SOON_MS : false),
  });

/** A received mail, whole, as its sender made it. It never changes. */
export const wholeMailQuery = (message: number) =>
  queryOptions({
    queryKey: ["mail", message] as const,
    queryFn: ({ signal }) => api.get("/api/messages/{message_id}/mail", { path: { message_id: message }, signal }),
    staleTime: Infinity,
  });

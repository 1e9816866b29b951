import type { ConversationView, MessageMailView, MessageView } from "#shared/wire.ts";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

const SOON_MS = 1000;
const FRESH_MS = 60_000;
/** How often it is asked whether a reply in a chat has gone out by mail, until the visitor sees it. */
const LATER_MS = 15_000;
const LATEST_MS = 3_600_000;
const isOnItsWay = ({ state }: MessageMailView): boolean => state === "queued" || state === "sending";

const ageMs = ({ created_at }: MessageView): number => Date.now() - Date.parse(created_at);

/** Whether a message of ours has yet to become a mail. */
const isToBe = (newest: MessageView | undefined, mails: readonly MessageMailView[]): boolean =>
  newest !== undefined && newest.sender_type !== "contact" && !newest.is_internal && ageMs(newest) < FRESH_MS && !mails.some(({ message_id }) => message_id === newest.id);

/** Whether a reply in a chat may still go out by mail, for the visitor has not seen it. */
const isUnseen = (newest: MessageView | undefined, readSeq: number): boolean => newest !== undefined && newest.sender_type !== "contact" && newest.seq > readSeq && ageMs(newest) < LATEST_MS;

/** What the messages of a conversation were as mails. Asked again with each new message, and while one of ours is on its way. */
export const mailsQuery = ({ id, channel, contact_read_seq }: ConversationView, newest: MessageView | undefined) =>
  queryOptions({
    queryKey: ["mails", id, newest?.id] as const,
    queryFn: ({ signal }) => api.get("/api/conversations/{conversation_id}/mails", { path: { conversation_id: id }, signal }),
    placeholderData: keepPreviousData,
    enabled: channel === "email" || channel === "chat",
    refetchInterval: ({ state: { data } }) => {
      if (!data) return false;
      if (data.some(isOnItsWay) || (channel === "email" && isToBe(newest, data))) return SOON_MS;
      return channel === "chat" && isUnseen(newest, contact_read_seq) ? LATER_MS : false;
    },
  });

/** Addresses of images are good for a day at least. */
const IMAGES_MS = 12 * 60 * 60_000;

/** A received mail, whole, as its sender made it; with images from elsewhere where somebody asked for them. */
export const wholeMailQuery = (message: number, images: boolean) =>
  queryOptions({
    queryKey: ["mail", message, images] as const,
    queryFn: ({ signal }) => api.get("/api/messages/{message_id}/mail", { path: { message_id: message }, query: { images }, signal }),
    staleTime: IMAGES_MS,
    placeholderData: keepPreviousData,
  });

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

/** What the messages of a conversation were as mails. The feed says when that has changed. */
export const mailsQuery = (conversation: number) =>
  queryOptions({
    queryKey: ["mails", conversation] as const,
    queryFn: ({ signal }) => api.get("/api/conversations/{conversation_id}/mails", { path: { conversation_id: conversation }, signal }),
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

/** Whom a reply would go to, and whom the mail that it answers was from and for. */
export const recipientsQuery = (conversation: number) =>
  queryOptions({
    queryKey: ["recipients", conversation] as const,
    queryFn: ({ signal }) => api.get("/api/conversations/{conversation_id}/recipients", { path: { conversation_id: conversation }, signal }),
  });

/** Why a visitor who has left gets no mail about this chat, where others would. Ended by him, which no event tells: looked at whenever a chat is opened. */
export const continuityQuery = (conversation: number) =>
  queryOptions({
    queryKey: ["continuity", conversation] as const,
    queryFn: ({ signal }) => api.get("/api/conversations/{conversation_id}/continuity", { path: { conversation_id: conversation }, signal }),
    refetchOnMount: "always",
  });

/** Inboxes to write mail from, and whether it would go out. No event tells of their servers: asked whenever somebody begins to write. */
export const mailInboxesQuery = queryOptions({ queryKey: ["mail-inboxes"] as const, queryFn: ({ signal }) => api.get("/api/email/inboxes", { signal }), refetchOnMount: "always" });

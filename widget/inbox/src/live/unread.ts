import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { listQuery } from "../data/conversations.ts";
import type { Filters } from "../data/filters.ts";
import { store } from "#shared/store.ts";
import { useStore } from "../use-store.ts";
import { given } from "./given.ts";

/** The list that the badge counts in: it is also the inbox's first view, so it is loaded once. */
export const mine: Filters = { view: "mine", status: "active", sort: "latest" };

export const unread = store(0);

/** Counts what this agent has not read, or was given and has not looked at, for title and favicon. */
export function useUnread(): void {
  const { data } = useInfiniteQuery(listQuery(mine));
  const isGiven = useStore(given);
  const count = data?.pages.reduce((sum, page) => sum + page.items.filter(({ conversation, read_seq }) => read_seq < conversation.last_seq || isGiven.has(conversation.id)).length, 0) ?? 0;
  useEffect(() => unread.set(count), [count]);
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>("link[rel=icon]");
    if (icon) icon.href = count > 0 ? "/app/favicon-unread.svg" : "/app/favicon.svg";
  }, [count]);
}

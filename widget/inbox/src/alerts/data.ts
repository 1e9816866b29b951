import { full } from "#shared/time.ts";
import type { InboxAlert } from "#shared/wire.ts";
import { queryOptions } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import { texts } from "./texts.ts";

const COUNTED = 100; // the server counts no further
const OFTEN_MS = 5 * 60_000;

/** What is wrong with e-mail inboxes. For admins. */
export const mailAlertsQuery = queryOptions({
  queryKey: ["mail-alerts"],
  queryFn: ({ signal }) => api.get("/api/email/alerts", { signal }),
  staleTime: OFTEN_MS / 5,
  refetchInterval: OFTEN_MS,
});

/** A sentence for people. */
export const said = ({ kind, since, count }: InboxAlert, locale: string): string => texts.t(`of.${kind}`, { since: full(since, locale), count: count >= COUNTED ? `${COUNTED}+` : count });

import { live } from "#shared/live.ts";
import type { ServerEvent } from "#shared/wire.ts";
import { api } from "../api/client.ts";
import { kickOutbox } from "../data/outbox.ts";
import { applyEvent, refetchAll } from "./feed.ts";
import { tellModules } from "./modules.ts";
import { announce } from "./notify.ts";
import { forgetPeople, onPresence, onTyping, onViewers, onWorking } from "./presence.ts";

/** The one socket of this tab. */
export const socket = live<ServerEvent>({
  url: `${location.origin.replace(/^http/, "ws")}/ws`,
  credentials: async () => ({ ticket: (await api.post("/api/auth/ticket")).ticket }),
  event: (event) => {
    announce(event);
    applyEvent(event);
    tellModules(event);
  },
  resync: refetchAll,
  typing: onTyping,
  other: (frame) => {
    if (frame.op === "viewers") onViewers(frame);
    if (frame.op === "working") onWorking(frame);
    if (frame.op === "presence") onPresence(frame);
  },
});

let wasLive = false;
socket.status.subscribe(() => {
  const isLive = socket.status.get() === "live";
  if (wasLive && !isLive) forgetPeople();
  if (isLive && !wasLive) kickOutbox();
  wasLive = isLive;
});

/** Connects from `cursor` on; returns the function that ends it. */
export function connect(cursor: string): () => void {
  socket.connect(cursor);
  return socket.close;
}

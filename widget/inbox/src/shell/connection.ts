import { store } from "#shared/store.ts";
import { socket } from "../live/connect.ts";

/** Whether what is on screen is live. A connection that is back within a moment is not worth a word. */
export const connection = store<"live" | "reconnecting" | "offline">("live");

const PATIENCE_MS = 1500;
const FIRST_PATIENCE_MS = 4000; // a page that has just opened is no lost connection
let wasLive = false;
let timer: ReturnType<typeof setTimeout> | undefined;

function settle(state: ReturnType<typeof connection.get>): void {
  clearTimeout(timer);
  timer = undefined;
  connection.set(state);
}

function look(): void {
  if (socket.status.get() === "live") {
    wasLive = true;
    settle("live");
  } else if (!navigator.onLine) settle("offline");
  // One patience for all tries together.
  else timer ??= setTimeout(() => settle("reconnecting"), wasLive ? PATIENCE_MS : FIRST_PATIENCE_MS);
}

/** Watches the socket while the shell is on screen; returns the function that stops it. */
export function watchConnection(): () => void {
  const stop = socket.status.subscribe(look);
  addEventListener("online", look);
  addEventListener("offline", look);
  look();
  return () => {
    stop();
    removeEventListener("online", look);
    removeEventListener("offline", look);
    settle("live");
    wasLive = false;
  };
}

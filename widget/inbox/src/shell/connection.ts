import { store } from "#shared/store.ts";
import { socket } from "../live/connect.ts";

/** Whether what is on screen is live. A connection that is back within a moment is not worth a word. */
export const connection = store<"live" | "reconnecting" | "offline">("live");

const PATIENCE_MS = 1500;
let timer: ReturnType<typeof setTimeout> | undefined;

function look(): void {
  clearTimeout(timer);
  if (socket.status.get() === "live") connection.set("live");
  else if (!navigator.onLine) connection.set("offline");
  else timer = setTimeout(() => connection.set("reconnecting"), PATIENCE_MS);
}

/** Watches the socket while the shell is on screen; returns the function that stops it. */
export function watchConnection(): () => void {
  const stop = socket.status.subscribe(look);
  addEventListener("online", look);
  addEventListener("offline", look);
  look();
  return () => {
    stop();
    clearTimeout(timer);
    removeEventListener("online", look);
    removeEventListener("offline", look);
    connection.set("live");
  };
}

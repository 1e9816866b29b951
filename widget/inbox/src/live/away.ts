import { socket } from "./connect.ts";

const ALONE_MS = 5 * 60_000;
const LOOK_MS = 15_000;
const ACTS = ["pointerdown", "pointermove", "keydown", "wheel", "focus"] as const;

/** Tells the server whether somebody is at this device: not once it was left alone for some minutes. Returns the function that stops it. */
export function watchAway(): () => void {
  let isAway = false;
  let last = Date.now();
  const tell = (away: boolean): void => {
    isAway = away;
    socket.tell({ op: "presence", away });
  };
  const act = (): void => {
    last = Date.now();
    if (isAway) tell(false);
  };
  tell(false);
  for (const name of ACTS) addEventListener(name, act, { passive: true });
  const timer = setInterval(() => {
    if (!isAway && Date.now() - last > ALONE_MS) tell(true);
  }, LOOK_MS);
  return () => {
    clearInterval(timer);
    for (const name of ACTS) removeEventListener(name, act);
  };
}

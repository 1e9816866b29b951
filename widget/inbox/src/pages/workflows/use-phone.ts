import { useSyncExternalStore } from "react";

const narrow = matchMedia("(width < 48rem)");

const subscribe = (listener: () => void): (() => void) => {
  narrow.addEventListener("change", listener);
  return () => narrow.removeEventListener("change", listener);
};

/** Whether the screen is a phone's: there is no room for a canvas. */
export const usePhone = (): boolean => useSyncExternalStore(subscribe, () => narrow.matches);

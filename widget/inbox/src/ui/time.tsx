import { ago, full } from "#shared/time.ts";
import { store } from "#shared/store.ts";
import { useEffect } from "react";
import { useLocale } from "../i18n/locale.ts";
import { useStore } from "../use-store.ts";

const now = store(Date.now());
let watchers = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** The time, twice a minute: one clock for all rows and badges. */
export function useNow(): number {
  useEffect(() => {
    if (watchers++ === 0) {
      now.set(Date.now());
      timer = setInterval(() => now.set(Date.now()), 30_000);
    }
    return () => {
      if (--watchers === 0) clearInterval(timer);
    };
  }, []);
  return useStore(now);
}

/** "3 min. ago"; in full under the pointer. */
export function Ago({ at, className }: { at: string; className?: string }) {
  const locale = useLocale();
  const time = useNow();
  return (
    <time dateTime={at} title={full(at, locale)} className={className}>
      {ago(at, locale, Math.max(time, Date.parse(at)))}
    </time>
  );
}

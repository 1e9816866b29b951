import type { ListedConversation } from "#shared/wire.ts";
import { useCallback, useEffect, useRef, useState } from "react";
import { lookedAt } from "../../../live/given.ts";
import { markRead } from "../changes.ts";

const isLooking = (): boolean => document.visibilityState === "visible" && document.hasFocus();

/** How far this agent has really seen the thread: its end on screen, in a window that has the focus. Tells the server, and the send guard. */
export function useSeen(id: number, listed: ListedConversation | undefined): { seenSeq: number; onSeen: (seq: number) => void } {
  const [seenSeq, setSeenSeq] = useState(0);
  const inSight = useRef(0);
  const told = useRef(0);
  const readSeq = listed?.read_seq ?? 0;

  const look = useCallback(() => {
    const seq = inSight.current;
    if (!isLooking()) return;
    lookedAt(id);
    if (seq === 0) return;
    setSeenSeq((before) => Math.max(before, seq));
    if (seq > readSeq && seq > told.current) {
      told.current = seq;
      void markRead(id, seq);
    }
  }, [id, readSeq]);

  const onSeen = useCallback(
    (seq: number) => {
      inSight.current = Math.max(inSight.current, seq);
      look();
    },
    [look],
  );

  useEffect(() => {
    look();
    addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      removeEventListener("focus", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, [look]);

  return { seenSeq, onSeen };
}

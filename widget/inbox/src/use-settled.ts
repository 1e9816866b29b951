import { useEffect, useState } from "react";

const PATIENCE_MS = 180;

/** The value once it has not changed for a moment. */
export function useSettled<T>(value: T, patience_ms = PATIENCE_MS): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), patience_ms);
    return () => clearTimeout(timer);
  }, [value, patience_ms]);
  return settled;
}

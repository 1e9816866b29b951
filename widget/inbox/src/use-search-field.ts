import { useEffect, useState } from "react";
import { useSettled } from "./use-settled.ts";

/** A search field whose words stand in the address, as `at`, once nobody types for a moment: what is in the field, and how it changes. */
export function useSearchField(at: string | undefined, put: (words: string | undefined) => void): readonly [string, (text: string) => void] {
  const [text, setText] = useState(at ?? "");
  const words = useSettled(text).trim();
  useEffect(() => {
    if (words !== (at ?? "")) put(words || undefined);
    // oxlint-disable-next-line react/exhaustive-deps -- the address follows the field, not the other way round
  }, [words]);
  return [text, setText];
}

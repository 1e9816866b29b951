/** localStorage that never throws: private windows, full disks and blocked site data fall back to memory. */

const PREFIX = "lacasa.";
const memory = new Map<string, string>();

/** The stored value, or `fallback` when there is none or `valid` refuses it. */
export function load<T>(key: string, fallback: T, valid: (value: unknown) => value is T): T {
  let text: string | null | undefined = memory.get(key);
  try {
    text ??= localStorage.getItem(PREFIX + key);
  } catch {
    // no storage: memory is all there is
  }
  if (text == null) return fallback;
  try {
    const value: unknown = JSON.parse(text);
    return valid(value) ? value : fallback;
  } catch {
    return fallback;
  }
}

/** Keeps `value` under `key`; `undefined` removes it. */
export function save(key: string, value: unknown): void {
  memory.delete(key);
  const text = value === undefined ? undefined : JSON.stringify(value);
  try {
    if (text === undefined) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, text);
  } catch {
    if (text !== undefined) memory.set(key, text);
  }
}

/** All keys that start with `start`. */
export function keys(start: string): string[] {
  const found = new Set([...memory.keys()].filter((key) => key.startsWith(start)));
  try {
    for (let i = 0; i < localStorage.length; i++) {
      const key = localStorage.key(i)!;
      if (key.startsWith(PREFIX + start)) found.add(key.slice(PREFIX.length));
    }
  } catch {
    // as above
  }
  return [...found];
}

/** Calls `changed` when another tab writes a key that starts with `start`; returns the function that stops it. */
export function watch(start: string, changed: () => void): () => void {
  const listener = (event: StorageEvent): void => {
    if (event.key === null || event.key.startsWith(PREFIX + start)) changed();
  };
  addEventListener("storage", listener);
  return () => removeEventListener("storage", listener);
}

export const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";
export const isString = (value: unknown): value is string => typeof value === "string";
/** A validator for one of a few words. */
export const isOneOf =
  <T extends string>(...words: readonly T[]) =>
  (value: unknown): value is T =>
    (words as readonly unknown[]).includes(value);

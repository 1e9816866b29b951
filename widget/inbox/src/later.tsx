import { lazy, useState, type ComponentType } from "react";

interface Later<P> {
  (props: P): React.ReactNode;
  /** Loads it now; failing is no matter: it is asked for again when it is drawn. */
  preload: () => Promise<void>;
}

/**
 * Like React's `lazy`, with which it shares the need of a `Suspense` around it, but what was loaded before is drawn at once: `lazy` waits a
 * moment even then, and React shows nothing for a third of a second. Too long for a dialog in which somebody types.
 */
export function later<P extends object>(load: () => Promise<{ default: ComponentType<P> }>): Later<P> {
  let loaded: ComponentType<P> | undefined;
  const start = async (): Promise<{ default: ComponentType<P> }> => {
    const module = await load();
    loaded = module.default;
    return module;
  };
  const Lazy = lazy(start) as unknown as ComponentType<P>;
  function Later(props: P) {
    // Chosen once: going over to the other one would begin anew inside.
    const [Content] = useState(() => loaded ?? Lazy);
    return <Content {...props} />;
  }
  Later.preload = async (): Promise<void> => {
    if (!loaded) await start().catch(() => undefined);
  };
  return Later;
}

/** Loads what will be wanted soon, once the page has nothing better to do; returns the function that calls it off. */
export function whenIdle(...wanted: readonly { preload: () => Promise<void> }[]): () => void {
  const run = (): void => {
    for (const each of wanted) void each.preload();
  };
  if (!("requestIdleCallback" in globalThis)) {
    const timer = setTimeout(run, 1500);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(run, { timeout: 4000 });
  return () => cancelIdleCallback(handle);
}

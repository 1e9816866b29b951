import type { Store } from "#shared/store.ts";
import { useSyncExternalStore } from "react";

export const useStore = <T,>(store: Store<T>): T => useSyncExternalStore(store.subscribe, store.get);

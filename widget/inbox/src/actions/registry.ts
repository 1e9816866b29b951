import { isBoolean, load, save } from "#shared/storage.ts";
import { store } from "#shared/store.ts";
import type { LucideIcon } from "lucide-react";
import { useEffect } from "react";
import { app } from "../i18n/app.ts";
import { problemText } from "../i18n/problem-text.ts";
import { toast } from "#ui/toast.tsx";
import { useStore } from "../use-store.ts";

export const groups = ["conversation", "contact", "go", "app"] as const;

/** One thing a user can do. It feeds the palette, the help dialog and the keyboard. */
export interface Action {
  /** Dotted, unique among what is on screen: `conversation.resolve`. */
  name: string;
  label: () => string;
  group: (typeof groups)[number];
  icon?: LucideIcon;
  /** `e`, `g i` (one after the other), `mod+enter`. Only shortcuts with `mod` work inside text fields. */
  shortcut?: string;
  /** Other words that the palette finds it by. */
  keywords?: () => string;
  /** Not offered while this is false. */
  when?: () => boolean;
  /** Fires again while the key is held: for moving through a list. */
  repeats?: boolean;
  perform: () => unknown;
}

const registered = store<readonly (readonly Action[])[]>([]);

/** Offers actions while the component is on screen. Of two with one name or shortcut, the later mounted wins. */
export function useActions(make: () => readonly Action[], dependencies: readonly unknown[]): void {
  useEffect(() => {
    const actions = make();
    registered.set([...registered.get(), actions]);
    return () => registered.set(registered.get().filter((others) => others !== actions));
    // oxlint-disable-next-line react/exhaustive-deps -- the caller's list, as in useMemo
  }, dependencies);
}

/** What can be done now, by group. */
export function availableActions(): Action[] {
  const byName = new Map<string, Action>();
  for (const action of registered.get().flat()) if (action.when?.() ?? true) byName.set(action.name, action);
  return [...byName.values()].sort((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group));
}

export function useAvailableActions(): Action[] {
  useStore(registered);
  return availableActions();
}

/** Runs an action; what it throws or rejects with is told to the user, once. */
export async function perform(action: Action): Promise<void> {
  try {
    await action.perform();
  } catch (error) {
    toast({ tone: "error", title: app.t("error.action", { action: action.label() }), text: problemText(error) });
  }
}

/** Whether single keys act. WCAG 2.1.4: there must be a way to turn them off. */
export const singleKeys = store(load("single-keys", true, isBoolean));

export function setSingleKeys(on: boolean): void {
  save("single-keys", on);
  singleKeys.set(on);
}

import { store } from "#shared/store.ts";
import { PenLine } from "lucide-react";
import { useActions } from "../../../actions/registry.ts";
import { useInboxes } from "../../../data/people.ts";
import { texts } from "../texts.ts";

/** Whether a mail to somebody first is being written. Its draft stands where a conversation's would: no conversation has this number. */
export const isWriting = store(false);
export const LETTER = 0;

/** Inboxes that have an address to write from. */
export const useMailInboxes = () => useInboxes().filter(({ channel }) => channel === "email");

export function useNewMail(): boolean {
  const isPossible = useMailInboxes().length > 0;
  useActions(
    () => (isPossible ? [{ name: "mail.new", label: () => texts.t("letter"), group: "app", icon: PenLine, shortcut: "c", perform: () => isWriting.set(true) }] : []),
    [isPossible],
  );
  return isPossible;
}

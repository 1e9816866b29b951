import type { MessageMailView, MessageView, ThreadPage } from "#shared/wire.ts";
import { Forward } from "lucide-react";
import { useEffect } from "react";
import { useActions } from "../../../actions/registry.ts";
import { useStore } from "../../../use-store.ts";
import { texts } from "../texts.ts";
import { forwarding, mayBeForwarded } from "./forwarding.ts";

/** The message of this thread that is being forwarded; and the key that begins it with the last one that may be. `mailOf` undefined: not known yet. */
export function useForwarding(pages: readonly ThreadPage[], mailOf: ReadonlyMap<number, MessageMailView> | undefined, isPossible: boolean): MessageView | undefined {
  const wanted = useStore(forwarding);
  const messages = pages.flatMap((page) => page.messages).filter(({ is_internal }) => !is_internal);
  const last = messages.filter(({ id }) => mayBeForwarded(mailOf?.get(id))).reduce<MessageView | undefined>((newest, each) => (newest && newest.seq > each.seq ? newest : each), undefined)?.id;
  const isKnown = mailOf !== undefined;
  useEffect(() => () => forwarding.set(undefined), []);
  useEffect(() => {
    if (wanted === "last" && isKnown) forwarding.set(last);
  }, [wanted, isKnown, last]);
  const isOffered = isPossible && (!isKnown || last !== undefined);
  useActions(
    () => (isOffered ? [{ name: "mail.forward", label: () => texts.t("forward.last"), group: "conversation", icon: Forward, shortcut: "f", perform: () => forwarding.set("last") }] : []),
    [isOffered],
  );
  return isPossible ? messages.find(({ id }) => id === wanted) : undefined;
}

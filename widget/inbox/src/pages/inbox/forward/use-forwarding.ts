import type { MessageView, ThreadPage } from "#shared/wire.ts";
import { Forward } from "lucide-react";
import { useEffect } from "react";
import { useActions } from "../../../actions/registry.ts";
import { useStore } from "../../../use-store.ts";
import { texts } from "../texts.ts";
import { forwarding } from "./forwarding.ts";

/** The message of this thread that is being forwarded; and the key that begins it with the last one. */
export function useForwarding(pages: readonly ThreadPage[], isPossible: boolean): MessageView | undefined {
  const wanted = useStore(forwarding);
  const messages = pages.flatMap((page) => page.messages).filter(({ is_internal }) => !is_internal);
  const last = messages.reduce<MessageView | undefined>((newest, each) => (newest && newest.seq > each.seq ? newest : each), undefined)?.id;
  useEffect(() => () => forwarding.set(undefined), []);
  useActions(
    () => (isPossible && last !== undefined ? [{ name: "mail.forward", label: () => texts.t("forward.last"), group: "conversation", icon: Forward, shortcut: "f", perform: () => forwarding.set(last) }] : []),
    [isPossible, last],
  );
  return isPossible && wanted !== undefined ? messages.find(({ id }) => id === wanted) : undefined;
}

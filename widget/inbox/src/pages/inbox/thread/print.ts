import { Printer } from "lucide-react";
import { useEffect, useRef } from "react";
import { useActions } from "../../../actions/registry.ts";
import { store } from "#shared/store.ts";
import { texts } from "../texts.ts";

/** The open conversation on paper, from its first message on. What the sheet looks like stands in `app.css`. */

const PAGES_MAX = 50; // longer ones begin where these end
const NEXT_FRAME = 100;

interface Pages {
  hasNextPage: boolean;
  fetchNextPage: () => Promise<unknown>;
}

/** Prints the open conversation; the thread fills it in. */
export const print = store<() => Promise<void>>(() => Promise.resolve());

export function usePrint(pages: Pages): void {
  const newest = useRef(pages);
  useEffect(() => void (newest.current = pages));
  useEffect(() => {
    print.set(async () => {
      for (let read = 0; newest.current.hasNextPage && read < PAGES_MAX; read++) {
        // oxlint-disable-next-line no-await-in-loop -- each page says where the one before it ends
        await newest.current.fetchNextPage();
        // oxlint-disable-next-line no-await-in-loop -- until it is drawn
        await new Promise((drawn) => setTimeout(drawn, NEXT_FRAME));
      }
      globalThis.print();
    });
    return () => print.set(() => Promise.resolve());
  }, []);
  useActions(() => [{ name: "conversation.print", label: () => texts.t("print"), group: "conversation", icon: Printer, perform: () => print.get()() }], []);
}

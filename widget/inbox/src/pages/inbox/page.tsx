import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { Panes } from "#ui/panes.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { EmptyState } from "#ui/states.tsx";
import { useQuery } from "@tanstack/react-query";
import { Suspense, useEffect, useState } from "react";
import { Layers, MessagesSquare, Sparkles, UserRound, UserRoundX } from "lucide-react";
import { useActions } from "../../actions/registry.ts";
import { conversationQuery } from "../../data/conversations.ts";
import type { View } from "../../data/filters.ts";
import { app } from "../../i18n/app.ts";
import { later, whenIdle } from "../../later.tsx";
import { socket } from "../../live/connect.ts";
import { Page } from "../../shell/page.tsx";
import { useStore } from "../../use-store.ts";
import { ConversationList } from "./list/list.tsx";
import { isWriting } from "./new-mail/writing.ts";
import { picker } from "./pickers/picker.ts";
import { texts } from "./texts.ts";
import { takeFocus } from "./thread/focus.ts";
import { useConversationActions } from "./use-conversation-actions.ts";
import { useUndo } from "./undo.ts";
import { useInbox } from "./use-inbox.ts";
import { useIsNew } from "./use-is-new.ts";
import { Views } from "./views.tsx";

// Asked for at once, so that they are there when the first conversation opens; the list does not wait for them.
const Thread = later(() => import("./thread/thread.tsx"));
const Details = later(() => import("./details/details.tsx"));
void Thread.preload();
void Details.preload();
const FirstRun = later(() => import("./first-run.tsx"));
const NewMail = later(() => import("./new-mail/dialog.tsx"));
const Pickers = later(() => import("./pickers/pickers.tsx"));
const WIDE = "(min-width: 80rem)"; // where the details have a pane of their own

export default function InboxPage() {
  const shell = app.use();
  const t = texts.use();
  const { open } = useInbox();
  // Details belong to one conversation: another one starts without them.
  const [detailsOf, setDetails] = useState<number>();
  const picking = useStore(picker) !== undefined;
  const writing = useStore(isWriting);

  useEffect(() => {
    socket.tell({ op: "view", conversation: open ?? null });
    picker.set(undefined);
  }, [open]);
  useEffect(() => () => socket.tell({ op: "view", conversation: null }), []);
  useEffect(() => whenIdle(Pickers), []);
  useViewActions();
  useUndo();

  return (
    <Page title={shell("page.inbox")} compact={open !== undefined}>
      <Panes
        id="inbox"
        active={open === undefined ? "list" : "thread"}
        panes={[
          { id: "views", label: t("views"), width: { start: 208, min: 168, max: 320 }, from: "lg", className: "bg-sunken", content: <Views /> },
          { id: "list", label: t("list"), width: { start: 352, min: 272, max: 560 }, content: <ConversationList /> },
          { id: "thread", label: t("thread"), content: open === undefined ? <NoThread /> : <LazyThread key={open} id={open} showDetails={() => setDetails(open)} /> },
          { id: "details", label: t("details"), width: { start: 304, min: 240, max: 480 }, from: "xl", className: "bg-sunken", content: <LazyDetails /> },
        ]}
      />
      {open !== undefined && <Keys key={open} id={open} />}
      <Suspense>{writing && <NewMail />}</Suspense>
      <Suspense>{picking && open !== undefined && <Pickers id={open} />}</Suspense>
      {open !== undefined && (
        <Dialog open={detailsOf === open && !matchMedia(WIDE).matches} onOpenChange={() => setDetails(undefined)}>
          <DialogContent place="end" title={t("details")}>
            <div className="-mx-5">
              <LazyDetails />
            </div>
          </DialogContent>
        </Dialog>
      )}
    </Page>
  );
}

function NoThread() {
  const t = texts.use();
  // The last conversation of the list was ended.
  useEffect(() => takeFocus(document.getElementById("main")), []);
  const isNew = useIsNew();
  if (isNew === undefined) return null;
  if (isNew)
    return (
      <div className="flex min-h-0 flex-1 overflow-y-auto">
        <Suspense>
          <FirstRun />
        </Suspense>
      </div>
    );
  return <EmptyState icon={MessagesSquare} title={t("thread.empty.title")} text={t("thread.empty.text", { next: "J", previous: "K" })} />;
}

const LazyThread = (props: { id: number; showDetails: () => void }) => (
  <Suspense fallback={<SkeletonRows rows={4} className="mt-auto" />}>
    <Thread {...props} />
  </Suspense>
);

const LazyDetails = () => (
  <Suspense fallback={<SkeletonRows avatar={false} rows={5} />}>
    <Details />
  </Suspense>
);

function Keys({ id }: { id: number }) {
  const { data } = useQuery(conversationQuery(id));
  const { close } = useInbox();
  useConversationActions(data?.conversation, close);
  return null;
}

const keys = { mine: ["g m", UserRound], unassigned: ["g u", UserRoundX], ai: ["g b", Sparkles], all: ["g a", Layers] } as const;

function useViewActions(): void {
  const { show } = useInbox();
  useActions(
    () =>
      (Object.keys(keys) as View[]).map((view) => ({
        name: `go.${view}`,
        label: () => app.t("action.go", { page: texts.t(`view.${view}`) }),
        group: "go",
        icon: keys[view][1],
        shortcut: keys[view][0],
        perform: () => show({ view }),
      })),
    // `show` is made anew each time, and does the same.
    [],
  );
}

import { listQuery } from "../../data/conversations.ts";
import { advance } from "../../data/advance.ts";
import type { Filters } from "../../data/filters.ts";
import { queries } from "../../data/queries.ts";
import { wantFocus } from "./thread/focus.ts";
import { useInbox } from "./use-inbox.ts";

const isOnScreen = (id: number): boolean => location.pathname.endsWith(`/inbox/${id}`);

/** What stands below `id` in a loaded list, above it where it is the last; `null` where it is alone, `undefined` where it is not in the list. */
function neighbour(filters: Filters, id: number): number | null | undefined {
  const ids = (queries.getQueryData(listQuery(filters).queryKey)?.pages ?? []).flatMap(({ items }) => items.map(({ conversation }) => conversation.id));
  const place = ids.indexOf(id);
  return place < 0 ? undefined : (ids[place + 1] ?? ids[place - 1] ?? null);
}

/** Ends the open conversation, and goes on to the next of the list where the agent wants that. Undone, it is open again. */
export function useFinish(): (id: number, end: (id: number, undone: () => void) => Promise<boolean>) => Promise<void> {
  const { filters, openConversation, close } = useInbox();
  return async (id, end) => {
    const next = advance.get() ? neighbour(filters, id) : undefined; // before it leaves the list
    const done = await end(id, () => next !== undefined && openConversation(id));
    if (!done || next === undefined || !isOnScreen(id)) return;
    wantFocus();
    if (next === null) close();
    else openConversation(next, { replace: true });
  };
}

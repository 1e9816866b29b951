import type { ConversationView, ListedConversation, MessageView, ServerEvent, TimelineView } from "#shared/wire.ts";
import { countsQuery, findListed, keys, loadedLists } from "../data/conversations.ts";
import { putContact } from "../data/contacts.ts";
import type { Counts } from "../data/filters.ts";
import { inboxesQuery, teamsQuery, usersQuery } from "../data/people.ts";
import { queries } from "../data/queries.ts";
import { currentSession, expireSession, updateMe } from "../session/session.ts";
import { stopTyping } from "./presence.ts";
import { hasGap, inCounts, inList, inThread, isNewer, readInList, type ListPages, type ThreadPages } from "./reducers.ts";

/** Writes what happened into the cache of queries, through the reducers. */

const viewer = (): { user_id: number } => ({ user_id: currentSession()?.me.user_id ?? 0 });
const invalidate = (...key: readonly unknown[]): void => void queries.invalidateQueries({ queryKey: key });

let recount: ReturnType<typeof setTimeout> | undefined;

/** Counts of what was never loaded here cannot be reckoned: the server is asked, once for many events. */
function recountSoon(): void {
  recount ??= setTimeout(() => {
    recount = undefined;
    void queries.invalidateQueries(countsQuery);
  }, 400);
}

/** Puts a conversation in its newer state into everything that shows it. `force`: an optimistic change and its rollback. */
export function putConversation(conversation: ConversationView, { force = false, read_seq }: { force?: boolean; read_seq?: number } = {}): void {
  const known = findListed(conversation.id);
  if (!force && !isNewer(conversation, known?.conversation)) return;
  const item: ListedConversation = { conversation, read_seq: Math.max(read_seq ?? 0, known?.read_seq ?? 0) };
  if (queries.getQueryData(keys.one(conversation.id))) queries.setQueryData(keys.one(conversation.id), item);
  for (const [filters, list] of loadedLists()) {
    queries.setQueryData<ListPages>(keys.list(filters), inList(list, item, filters, viewer(), force));
  }
  const counts = queries.getQueryData<Counts>(keys.counts);
  if (counts && (known || conversation.version === 1)) queries.setQueryData(keys.counts, inCounts(counts, known?.conversation, conversation, viewer()));
  else recountSoon();
}

/** Puts a message and a line into a loaded thread. */
export function putInThread(id: number, message?: MessageView, line?: TimelineView | null): void {
  const thread = queries.getQueryData<ThreadPages>(keys.thread(id));
  if (!thread) return;
  if (message && hasGap(thread, message.seq)) invalidate(...keys.thread(id));
  else queries.setQueryData(keys.thread(id), inThread(thread, message, line));
}

export function putRead(id: number, seq: number): void {
  queries.setQueryData<ListedConversation>(keys.one(id), (known) => (known && known.read_seq < seq ? { ...known, read_seq: seq } : known));
  for (const [filters, list] of loadedLists()) queries.setQueryData<ListPages>(keys.list(filters), readInList(list, id, seq));
}

/** Whether this agent still may see it: told by what the lists of inboxes and teams hold; `true` while they are not known. */
function maySee(conversation: ConversationView): boolean {
  const session = currentSession();
  if (!session || session.me.role === "admin" || conversation.assignee_id === session.me.user_id) return true;
  const [inboxes, teams] = [queries.getQueryData(inboxesQuery.queryKey), queries.getQueryData(teamsQuery.queryKey)];
  if (!inboxes || !teams) return true;
  return (
    inboxes.some(({ id }) => id === conversation.inbox_id) ||
    teams.some(({ id, member_ids }) => id === conversation.team_id && member_ids.includes(session.me.user_id))
  );
}

function drop(id: number): void {
  for (const [filters, list] of loadedLists()) {
    const pages = list.pages.map((page) => ({ ...page, items: page.items.filter(({ conversation }) => conversation.id !== id) }));
    queries.setQueryData<ListPages>(keys.list(filters), { ...list, pages });
  }
  invalidate(...keys.one(id));
  recountSoon();
}

/** What may be seen has changed as a whole: everything is asked for anew. */
export const refetchAll = (): void => void queries.invalidateQueries();

export function applyEvent(event: ServerEvent): void {
  switch (event.type) {
    case "message.created": {
      const { conversation, message } = event;
      putInThread(conversation.id, message);
      stopTyping(conversation.id, message.sender_type, message.sender_id);
      if (message.sender_type === "ai") invalidate("decisions", conversation.id);
      putConversation(conversation);
      break;
    }
    case "conversation.assigned":
      if (!maySee(event.conversation)) {
        drop(event.conversation.id);
        break;
      }
      putInThread(event.conversation.id, undefined, event.line);
      putConversation(event.conversation);
      break;
    case "conversation.read":
      if (event.user_id === currentSession()?.me.user_id) putRead(event.conversation_id, event.seq);
      break;
    case "contact.created":
      invalidate("contacts");
      break;
    case "contact.updated":
      putContact(event.contact);
      break;
    case "contact.deleted":
      queries.removeQueries({ queryKey: ["contact", event.contact_id] });
      invalidate("contacts");
      invalidate(...keys.lists);
      invalidate("conversation");
      break;
    case "article.saved":
    case "article.deleted":
      invalidate("articles");
      invalidate("article", event.type === "article.saved" ? event.article.id : event.article_id);
      break;
    case "inbox.saved":
    case "team.saved":
    case "team.deleted":
      invalidate(...(event.type === "inbox.saved" ? inboxesQuery : teamsQuery).queryKey);
      invalidate(...keys.lists);
      recountSoon();
      break;
    case "member.saved":
      invalidate(...usersQuery.queryKey);
      if (event.user_id === currentSession()?.me.user_id) updateMe({ name: event.name, role: event.role });
      break;
    case "member.removed":
      if (event.user_id === currentSession()?.me.user_id) expireSession();
      else invalidate(...usersQuery.queryKey);
      break;
    case "organization.changed":
      updateMe({ organization_name: event.name, accent_color: event.accent_color });
      invalidate("organization");
      break;
    case "member.sessions_revoked":
      invalidate("sessions");
      break;
    default:
      // All further events of conversations; and types of a newer server, or of a module, which have none.
      if (event.type.startsWith("conversation.") && "conversation" in event) {
        putInThread(event.conversation.id, undefined, event.line);
        putConversation(event.conversation);
        if (event.type === "conversation.handed_off") invalidate("decisions", event.conversation.id);
      }
  }
}

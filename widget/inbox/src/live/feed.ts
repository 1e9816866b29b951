import type { ConversationView, MessageView, ServerEvent, TimelineView } from "#shared/wire.ts";
import { putContact } from "../data/contacts.ts";
import { keys } from "../data/conversations.ts";
import { inboxesQuery, teamsQuery, usersQuery } from "../data/people.ts";
import { invalidate, queries } from "../data/queries.ts";
import { currentSession, expireSession, refreshMe, updateMe } from "../session/session.ts";
import { drop, maySee, putConversation, putInThread, putRead, replaceInThread } from "./conversations.ts";

/** What each event does to what is on screen. What is not kept by reducers is fetched anew. */

const KEPT_MS = 60_000; // longer than any request lives
let journal: { number: number; at: number; event: ServerEvent }[] = [];
let heard = 0;
let refetchedAt = 0; // in the same numbers
const startedAt = new Map<string, number>();

/** What may be seen has changed as a whole, or nobody can tell what was missed: everything is asked for anew. */
export function refetchAll(): void {
  journal = [];
  refetchedAt = ++heard;
  void queries.invalidateQueries();
  void refreshMe().catch(() => undefined); // a lost session is told elsewhere
}

// An answer that was under way while something was heard may be older than that: it is brought up to date.
queries.getQueryCache().subscribe(({ type, query, ...change }) => {
  const { queryHash, queryKey } = query;
  if (type === "removed") startedAt.delete(queryHash);
  if (type !== "updated" || !("action" in change)) return;
  const { action } = change;
  if (action.type === "fetch") startedAt.set(queryHash, heard);
  if (action.type !== "success" || action.manual) return;
  const started = startedAt.get(queryHash) ?? heard;
  startedAt.delete(queryHash);
  for (const { number, event } of journal) if (number > started) apply(event);
  if (refetchedAt > started) void queries.invalidateQueries({ queryKey, exact: true });
});

/** Applies what was heard, now and to whatever answers are under way. */
export function applyEvent(event: ServerEvent): void {
  const now = Date.now();
  if (queries.isFetching() > 0) journal = [...journal.filter(({ at }) => now - at < KEPT_MS), { number: ++heard, at: now, event }];
  else journal = [];
  apply(event);
}

interface News {
  conversation: ConversationView;
  message?: MessageView;
  line?: TimelineView | null;
}

function tell({ conversation, message, line }: News): void {
  const sees = maySee(conversation);
  if (sees === false) return drop(conversation.id);
  if (sees === undefined) forget();
  putInThread(conversation.id, message, line);
  invalidate("suggestion", conversation.id); // it is about the conversation as it stood
  if (message?.sender_type === "contact") tellMails(conversation.id); // it may be a mail; of ours there are events of their own
  const isOthers = message !== undefined && (message.sender_type !== "user" || message.sender_id !== currentSession()?.me.user_id);
  putConversation(conversation, { unread: isOthers });
}

/** What messages are as mails, and whom a reply goes to, stands beside the messages. */
function tellMails(id: number): void {
  invalidate("mails", id);
  invalidate("recipients", id);
}

/** Rows of conversations that name something which is gone. */
function forget(...names: string[]): void {
  for (const name of [...names, ...keys.lists, "conversation"]) invalidate(name);
}

function apply(event: ServerEvent): void {
  const isOwn = "user_id" in event && event.user_id === currentSession()?.me.user_id;
  switch (event.type) {
    case "conversation.read":
      if (isOwn) putRead(event.conversation_id, event.seq);
      break;
    case "contact.created":
      invalidate("contacts");
      invalidate("organization"); // counts them
      break;
    case "contact.updated":
      putContact(event.contact);
      invalidate("continuity"); // its address, and whether it wants mail, decide both
      invalidate("recipients");
      invalidate("consents", event.contact.id);
      break;
    case "contact.deleted":
      queries.removeQueries({ queryKey: ["contact", event.contact_id] });
      queries.removeQueries({ queryKey: ["consents", event.contact_id] });
      forget("contacts", "organization", "tool-calls");
      break;
    case "segment.saved":
    case "segment.deleted":
      invalidate("segments");
      invalidate("segment-count"); // others may name it
      break;
    case "segment.members_changed":
      invalidate("segment-count", event.segment_id);
      invalidate("segment-contacts", event.segment_id);
      break;
    case "topic.saved":
      invalidate("topics");
      invalidate("consents"); // they name all topics
      break;
    case "suppression.changed":
      invalidate("suppressions");
      invalidate("consents");
      break;
    case "consent.changed":
      invalidate("consents");
      break;
    case "source.saved":
    case "source.deleted":
      invalidate("sources");
      invalidate("suggestion"); // it may quote what it was read from
      break;
    case "article.saved":
    case "article.deleted":
      invalidate("articles");
      invalidate("suggestion"); // it may quote the article
      invalidate("article", event.type === "article.saved" ? event.article.id : event.article_id);
      break;
    case "articles.recategorized":
      invalidate("articles");
      invalidate("article");
      invalidate("sources");
      break;
    case "template.saved":
    case "template.deleted":
      invalidate("templates");
      invalidate("template", event.template_id);
      break;
    case "inbox.saved":
      invalidate(...inboxesQuery.queryKey);
      break;
    case "team.saved":
      invalidate(...teamsQuery.queryKey);
      break;
    case "team.deleted":
      forget(...teamsQuery.queryKey);
      break;
    case "member.saved":
      invalidate(...usersQuery.queryKey);
      if (isOwn) updateMe({ name: event.name, role: event.role });
      break;
    case "member.removed":
      if (isOwn) expireSession();
      else forget(...usersQuery.queryKey, ...teamsQuery.queryKey, ...inboxesQuery.queryKey);
      break;
    case "member.sessions_revoked":
      invalidate("sessions");
      break;
    case "organization.changed":
      updateMe({ organization_name: event.name, accent_color: event.accent_color });
      invalidate("organization");
      invalidate(...inboxesQuery.queryKey); // their snippets hold the colour
      break;
    case "message.withdrawn": {
      const { message, ...rest } = event;
      if (maySee(rest.conversation) !== false) replaceInThread(message.conversation_id, message);
      tell(rest);
      break;
    }
    case "outbound_mail.changed":
      tellMails(event.conversation_id);
      break;
    case "agent.decided":
      invalidate("decisions", event.decision.conversation_id);
      invalidate("suggestion", event.decision.conversation_id);
      invalidate("reviews");
      break;
    case "agent.tool_call_saved":
      invalidate("tool-calls", event.call.conversation_id);
      break;
    case "agent.reviewed":
      invalidate("suggestion", event.review.conversation_id);
      invalidate("reviews");
      break;
    default:
      // Messages and all further events of conversations; types of a newer server, or of a module, have none.
      if ("conversation" in event) tell(event);
  }
}

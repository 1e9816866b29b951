import type { ConversationView, operations } from "#shared/wire.ts";

type Query = NonNullable<operations["list_conversations"]["parameters"]["query"]>;
export type Counts = operations["count_conversations"]["responses"][200]["content"]["application/json"];
export type View = NonNullable<Query["view"]>;
export type StatusFilter = NonNullable<Query["status"]>;
export type Sort = NonNullable<Query["sort"]>;

/** What a list of conversations is narrowed to, and its order; the same words as the server's. */
export interface Filters {
  view: View;
  status: StatusFilter;
  sort: Sort;
  inbox_id?: number;
  team_id?: number;
  assignee_id?: number;
  contact_id?: number;
  tag?: string;
}

export const views = ["mine", "unassigned", "ai", "all"] as const satisfies readonly View[];
export const statuses = ["active", "open", "pending", "snoozed", "resolved", "closed", "any"] as const satisfies readonly StatusFilter[];
export const sorts = ["latest", "waiting", "oldest", "priority"] as const satisfies readonly Sort[];

const isUndone = ({ status }: ConversationView): boolean => status === "open" || status === "pending";
/** Until the server says that the snooze has ended: no clock here tells. */
export const isSnoozed = (conversation: ConversationView): boolean => isUndone(conversation) && conversation.snoozed_until !== null;

function hasStatus(conversation: ConversationView, status: StatusFilter): boolean {
  if (status === "any") return true;
  if (status === "snoozed") return isSnoozed(conversation);
  return !isSnoozed(conversation) && (status === "active" ? isUndone(conversation) : conversation.status === status);
}

export function isInView(conversation: ConversationView, view: View, userId: number): boolean {
  if (view === "mine") return conversation.assignee_id === userId;
  if (view === "unassigned") return conversation.assignee_id === null && conversation.handler === "human";
  return view === "all" || conversation.handler === "ai";
}

/** Whether the server would list this conversation: its rule, in core/conversations/queries.py, once more. */
export function matches(conversation: ConversationView, filters: Filters, userId: number): boolean {
  if (!hasStatus(conversation, filters.status) || !isInView(conversation, filters.view, userId)) return false;
  for (const column of ["inbox_id", "team_id", "assignee_id", "contact_id"] as const) {
    if (filters[column] !== undefined && conversation[column] !== filters[column]) return false;
  }
  return filters.tag === undefined || conversation.tags.includes(filters.tag);
}

const urgency = { urgent: 1, high: 2, medium: 3, low: 4 } as const;
/** As text, because the server's times are finer than a `Date`: UTC sorts by its letters, to the microsecond. What has no time comes last. */
function time(at: string | null): string {
  const [, second, fraction = ""] = /^([^.Z+]+)\.?(\d*)/.exec(at ?? "~")!;
  return second + fraction.padEnd(6, "0");
}

/** The server's order: negative where `a` stands above `b`. */
export function order(a: ConversationView, b: ConversationView, sort: Sort): number {
  const compare = <T extends number | string>(x: T, y: T): number => (x === y ? 0 : x < y ? -1 : 1);
  switch (sort) {
    case "latest":
      return compare(time(b.last_activity_at), time(a.last_activity_at)) || b.id - a.id;
    case "oldest":
      return compare(time(a.last_activity_at), time(b.last_activity_at)) || a.id - b.id;
    case "waiting":
      return compare(time(a.waiting_since), time(b.waiting_since)) || a.id - b.id;
    case "priority":
      return compare(urgency[a.priority], urgency[b.priority]) || a.id - b.id;
  }
}

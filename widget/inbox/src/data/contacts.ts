import type { ContactChanges, ContactView, ListedConversation } from "#shared/wire.ts";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import type { ListPages } from "../live/reducers.ts";
import { keys, loadedLists } from "./conversations.ts";
import { queries } from "./queries.ts";

const PAGE = 50;

export const contactQuery = (id: number) =>
  queryOptions({ queryKey: ["contact", id] as const, queryFn: ({ signal }) => api.get("/api/contacts/{contact_id}", { path: { contact_id: id }, signal }) });

export const contactsQuery = (q: string) =>
  infiniteQueryOptions({
    queryKey: ["contacts", q] as const,
    queryFn: ({ pageParam, signal }) => api.get("/api/contacts", { query: { q: q || null, cursor: pageParam, limit: PAGE }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

/** What a contact is called; empty for a visitor who has told nothing yet. */
export const nameOf = (contact: Pick<ContactView, "first_name" | "last_name" | "email">): string =>
  `${contact.first_name} ${contact.last_name}`.trim() || (contact.email ?? "");

/** Contacts change without their conversations: the name in the rows follows. */
export function putContact(contact: ContactView): void {
  queries.setQueryData(["contact", contact.id], contact);
  void queries.invalidateQueries({ queryKey: ["contacts"] });
  const rename = (item: ListedConversation): ListedConversation => {
    const { conversation, read_seq } = item;
    return conversation.contact_id === contact.id ? { conversation: { ...conversation, contact_name: nameOf(contact) }, read_seq } : item;
  };
  for (const [filters, list] of loadedLists()) {
    if (!list.pages.some(({ items }) => items.some(({ conversation }) => conversation.contact_id === contact.id))) continue;
    const pages = list.pages.map(({ items, next, live_cursor }) => ({ items: items.map(rename), next, live_cursor }));
    queries.setQueryData<ListPages>(keys.list(filters), { ...list, pages });
  }
  queries.setQueriesData<ListedConversation>({ queryKey: ["conversation"] }, (item) => item && rename(item));
}

export async function updateContact(id: number, changes: ContactChanges): Promise<ContactView> {
  const contact = await api.patch("/api/contacts/{contact_id}", { path: { contact_id: id }, body: changes });
  putContact(contact);
  return contact;
}

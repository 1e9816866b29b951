import type { ContactChanges, ContactView, ListedConversation } from "#shared/wire.ts";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import { keys, loadedLists } from "./conversations.ts";
import { invalidate, put, queries } from "./queries.ts";

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
  invalidate("contacts");
  const isTheirs = ({ conversation }: ListedConversation): boolean => conversation.contact_id === contact.id;
  const rename = (item: ListedConversation): ListedConversation =>
    isTheirs(item) ? { conversation: { ...item.conversation, contact_name: nameOf(contact) }, read_seq: item.read_seq } : item;
  for (const [filters, list] of loadedLists()) {
    const pages = list.pages.map((page) => (page.items.some(isTheirs) ? { ...page, items: page.items.map(rename) } : page));
    if (pages.some((page, index) => page !== list.pages[index])) put(keys.list(filters), { ...list, pages });
  }
  for (const [key, item] of queries.getQueriesData<ListedConversation>({ queryKey: ["conversation"] })) {
    if (item && isTheirs(item)) put(key, rename(item));
  }
}

export async function updateContact(id: number, changes: ContactChanges): Promise<ContactView> {
  const contact = await api.patch("/api/contacts/{contact_id}", { path: { contact_id: id }, body: changes });
  putContact(contact);
  return contact;
}

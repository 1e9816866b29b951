import { Avatar } from "#ui/avatar.tsx";
import { CommandGroup, CommandItem } from "#ui/command.tsx";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { BookOpen } from "lucide-react";
import type { ReactNode } from "react";
import { api } from "../api/client.ts";
import { nameOf } from "../data/contacts.ts";
import { app } from "../i18n/app.ts";
import { useSettled } from "../use-settled.ts";
import { overlay } from "./overlays.ts";

const SHOWN = 5;

interface Hit {
  key: string;
  icon: ReactNode;
  /** What stands out, and what stands behind it, quieter. */
  title: ReactNode;
  text: string;
  open: () => unknown;
}

export interface Found {
  groups: { name: "conversations" | "contacts" | "articles"; hits: Hit[] }[];
  /** The server has not answered yet for what is typed now. */
  isSearching: boolean;
}

/** Conversations by number or by what was written in them, contacts by name, articles by title: from the server. */
export function useFound(query: string): Found {
  const t = app.use();
  const navigate = useNavigate();
  const typed = query.trim();
  const settled = useSettled(typed);
  const number = /^#?\d{1,9}$/.test(settled) ? Number(settled.replace("#", "")) : undefined;
  const words = number === undefined && settled.length > 1 ? settled : undefined;

  const numbered = useQuery({
    queryKey: ["palette", "number", number],
    queryFn: ({ signal }) => api.get("/api/conversations", { query: { number: number ?? null, status: "any", limit: 1 }, signal }),
    enabled: number !== undefined,
  });
  const asked = { enabled: words !== undefined, placeholderData: keepPreviousData };
  const written = useQuery({
    queryKey: ["palette", "conversations", words],
    queryFn: ({ signal }) => api.get("/api/search/conversations", { query: { q: words ?? "", limit: SHOWN }, signal }),
    ...asked,
  });
  const contacts = useQuery({
    queryKey: ["palette", "contacts", words],
    queryFn: ({ signal }) => api.get("/api/contacts", { query: { q: words ?? null, limit: SHOWN }, signal }),
    ...asked,
  });
  const articles = useQuery({
    queryKey: ["palette", "articles", words],
    queryFn: ({ signal }) => api.get("/api/articles", { query: { q: words ?? null, limit: SHOWN }, signal }),
    ...asked,
  });

  const told =
    number !== undefined ? (numbered.data?.items ?? []).map(({ conversation }) => ({ conversation, excerpt: conversation.subject || conversation.preview }))
    : words !== undefined ? (written.data?.items ?? [])
    : [];
  const conversations = told.map(({ conversation, excerpt }): Hit => {
    const name = conversation.contact_name || t("visitor");
    return {
      key: `conversation ${conversation.id}`,
      icon: <Avatar name={name} seed={conversation.contact_id ?? conversation.id} size="xs" />,
      title: (
        <>
          <span className="text-faint tabular-nums">#{conversation.number}</span> {name}
        </>
      ),
      text: excerpt,
      open: () => navigate({ to: "/inbox/$conversation", params: { conversation: String(conversation.id) } }),
    };
  });
  const people = (words === undefined ? [] : (contacts.data?.items ?? [])).map((contact): Hit => {
    const name = nameOf(contact) || t("visitor");
    return {
      key: `contact ${contact.id}`,
      icon: <Avatar name={name} seed={contact.id} size="xs" />,
      title: name,
      text: contact.email && contact.email !== name ? contact.email : "",
      open: () => navigate({ to: "/contacts", search: { contact: contact.id } }),
    };
  });
  const texts = (words === undefined ? [] : (articles.data?.items ?? [])).map(
    (article): Hit => ({
      key: `article ${article.id}`,
      icon: <BookOpen aria-hidden />,
      title: article.title,
      text: article.category,
      open: () => navigate({ to: "/knowledge", search: { article: article.id } }),
    }),
  );
  return {
    groups: [
      { name: "conversations", hits: conversations },
      { name: "contacts", hits: people },
      { name: "articles", hits: texts },
    ],
    isSearching: typed !== settled || [numbered, written, contacts, articles].some(({ isFetching }) => isFetching),
  };
}

/** What was found, as commands of the palette. */
export function FoundGroups({ groups }: Pick<Found, "groups">) {
  const t = app.use();
  return groups.map(
    ({ name, hits }) =>
      hits.length > 0 && (
        <CommandGroup key={name} heading={t(`palette.${name}`)} forceMount>
          {hits.map(({ key, icon, title, text, open }) => (
            <CommandItem
              key={key}
              forceMount
              value={key}
              icon={icon}
              onSelect={() => {
                overlay.set(undefined);
                void open();
              }}
            >
              {title}
              {text && <span className="text-muted"> · {text}</span>}
            </CommandItem>
          ))}
        </CommandGroup>
      ),
  );
}

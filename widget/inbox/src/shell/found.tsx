import { Avatar } from "#ui/avatar.tsx";
import { CommandGroup, CommandItem } from "#ui/command.tsx";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { api } from "../api/client.ts";
import { nameOf } from "../data/contacts.ts";
import { app } from "../i18n/app.ts";
import { overlay } from "./overlays.ts";

const PATIENCE_MS = 180;
const SHOWN = 5;

/** Conversations by number and contacts by name, from the server, as commands of the palette. */
export function Found({ query }: { query: string }) {
  const t = app.use();
  const navigate = useNavigate();
  const settled = useSettled(query.trim());
  const number = /^#?\d{1,9}$/.test(settled) ? Number(settled.replace("#", "")) : undefined;
  const name = number === undefined && settled.length > 1 ? settled : undefined;

  const conversations = useQuery({
    queryKey: ["palette", "number", number],
    queryFn: ({ signal }) => api.get("/api/conversations", { query: { number: number ?? null, status: "any", limit: 1 }, signal }),
    enabled: number !== undefined,
  });
  const contacts = useQuery({
    queryKey: ["palette", "contacts", name],
    queryFn: ({ signal }) => api.get("/api/contacts", { query: { q: name ?? null, limit: SHOWN }, signal }),
    enabled: name !== undefined,
    placeholderData: keepPreviousData,
  });

  const go = (where: () => unknown) => () => {
    overlay.set(undefined);
    void where();
  };
  const found = number === undefined ? [] : (conversations.data?.items ?? []);
  const people = name === undefined ? [] : (contacts.data?.items ?? []);
  return (
    <>
      {found.length > 0 && (
        <CommandGroup heading={t("palette.conversations")} forceMount>
          {found.map(({ conversation }) => (
            <CommandItem
              key={conversation.id}
              forceMount
              value={`conversation ${conversation.id}`}
              icon={<Avatar name={conversation.contact_name || t("visitor")} seed={conversation.contact_id ?? conversation.id} size="xs" />}
              onSelect={go(() => navigate({ to: "/inbox/$conversation", params: { conversation: String(conversation.id) } }))}
            >
              <span className="text-faint tabular-nums">#{conversation.number}</span> {conversation.contact_name || t("visitor")}
              <span className="text-muted"> · {conversation.subject || conversation.preview}</span>
            </CommandItem>
          ))}
        </CommandGroup>
      )}
      {people.length > 0 && (
        <CommandGroup heading={t("palette.contacts")} forceMount>
          {people.map((contact) => (
            <CommandItem
              key={contact.id}
              forceMount
              value={`contact ${contact.id}`}
              icon={<Avatar name={nameOf(contact) || t("visitor")} seed={contact.id} size="xs" />}
              onSelect={go(() => navigate({ to: "/contacts", search: { contact: contact.id } }))}
            >
              {nameOf(contact) || t("visitor")}
              {contact.email && nameOf(contact) !== contact.email && <span className="text-muted"> · {contact.email}</span>}
            </CommandItem>
          ))}
        </CommandGroup>
      )}
    </>
  );
}

/** The value once it has not changed for a moment. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

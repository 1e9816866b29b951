import type { ContactView } from "#shared/wire.ts";
import { Avatar } from "#ui/avatar.tsx";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Input } from "#ui/field.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { Table, Td, Th, Tr } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { SearchX, UserRoundPlus, Users } from "lucide-react";
import { useEffect, useState } from "react";
import { useActions } from "../../actions/registry.ts";
import { contactsQuery, nameOf } from "../../data/contacts.ts";
import { app } from "../../i18n/app.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { useSettled } from "../../use-settled.ts";
import { Page } from "../../shell/page.tsx";
import { AddContact } from "./add.tsx";
import { Drawer } from "./drawer.tsx";
import { texts } from "./texts.ts";
import { useContacts } from "./use-contacts.ts";

export default function ContactsPage() {
  const shell = app.use();
  const t = texts.use();
  const { search, go } = useContacts();
  const [isAdding, setAdding] = useState(false);
  const [query, setQuery] = useState(search.q ?? "");
  const settled = useSettled(query).trim();
  useEffect(() => {
    if (settled !== (search.q ?? "")) void go({ q: settled || undefined }, { replace: true });
    // oxlint-disable-next-line react/exhaustive-deps -- the address follows the field, not the other way round
  }, [settled]);
  useActions(() => [{ name: "contact.add", label: () => texts.t("add"), group: "contact", icon: UserRoundPlus, shortcut: "c", perform: () => setAdding(true) }], []);

  return (
    <Page
      title={shell("page.contacts")}
      actions={
        <Button variant="primary" onClick={() => setAdding(true)} aria-label={t("add")}>
          <UserRoundPlus aria-hidden />
          <span className="max-sm:hidden">{t("add")}</span>
        </Button>
      }
    >
      <div role="search" className="shrink-0 border-b border-line px-4 py-2.5">
        <Input type="search" aria-label={t("search")} placeholder={t("search")} value={query} onChange={(event) => setQuery(event.target.value)} className="max-w-96" />
      </div>
      <Rows clear={() => setQuery("")} add={() => setAdding(true)} />
      {search.contact !== undefined && <Drawer key={search.contact} id={search.contact} close={() => void go({ contact: undefined })} />}
      <AddContact open={isAdding} close={() => setAdding(false)} added={({ id }) => void go({ contact: id })} />
    </Page>
  );
}

function Rows({ clear, add }: { clear: () => void; add: () => void }) {
  const t = texts.use();
  const shell = app.use();
  const { search } = useContacts();
  const { data, error, isPending, isFetching, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    ...contactsQuery(search.q ?? ""),
    placeholderData: keepPreviousData,
  });
  if (isPending) return <SkeletonRows rows={8} />;
  if (!data) return <ErrorState title={t("error.list")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} />;
  const contacts = data.pages.flatMap(({ items }) => items);
  if (contacts.length === 0) {
    return search.q ? (
      <EmptyState icon={SearchX} title={t("nothing.title", { query: search.q })} text={t("nothing.text")} action={<Button onClick={clear}>{shell("clear")}</Button>} />
    ) : (
      <EmptyState icon={Users} title={t("empty.title")} text={t("empty.text")} action={<Button onClick={add}>{t("add")}</Button>} />
    );
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <Table label={shell("page.contacts")}>
        <thead>
          <tr>
            <Th className="ps-4">{t("name")}</Th>
            <Th className="max-md:hidden">{t("email")}</Th>
            <Th className="max-lg:hidden">{t("phone")}</Th>
            <Th className="max-sm:hidden">{t("tags")}</Th>
            <Th className="max-lg:hidden">{t("source")}</Th>
            <Th>{t("since")}</Th>
          </tr>
        </thead>
        <tbody>
          {contacts.map((contact) => (
            <Row key={contact.id} contact={contact} />
          ))}
        </tbody>
      </Table>
      {hasNextPage && (
        <div className="flex shrink-0 justify-center border-t border-line p-3">
          <Button size="sm" onClick={() => void fetchNextPage()} busy={isFetchingNextPage}>
            {shell("more")}
          </Button>
        </div>
      )}
    </div>
  );
}

const TAGS = 3;
const sources = ["widget", "agent", "import", "api", "email"] as const;

function Row({ contact }: { contact: ContactView }) {
  const t = texts.use();
  const shell = app.use();
  const { search, go } = useContacts();
  const name = nameOf(contact) || shell("visitor");
  const source = sources.find((each) => each === contact.source);
  return (
    <Tr aria-selected={search.contact === contact.id} onClick={() => void go({ contact: contact.id })} className="cursor-default">
      <Td className="ps-4">
        <span className="flex items-center gap-2.5">
          <Avatar name={name} seed={contact.id} size="sm" />
          <span className="min-w-0">
            <button type="button" className="block max-w-64 truncate text-start font-medium max-md:max-w-44" onClick={(event) => (event.stopPropagation(), void go({ contact: contact.id }))}>
              <bdi>{name}</bdi>
            </button>
            <bdi className="block max-w-44 truncate text-xs text-muted md:hidden">{contact.email}</bdi>
          </span>
        </span>
      </Td>
      <Td className="max-md:hidden">
        <bdi className="block max-w-64 truncate text-muted">{contact.email}</bdi>
      </Td>
      <Td className="max-lg:hidden">
        <bdi className="text-muted">{contact.phone}</bdi>
      </Td>
      <Td className="max-sm:hidden">
        <span className="flex gap-1">
          {contact.tags.slice(0, TAGS).map((tag) => (
            <Badge key={tag} tone="outline">
              {tag}
            </Badge>
          ))}
          {contact.tags.length > TAGS && <span className="text-xs text-faint">+{contact.tags.length - TAGS}</span>}
        </span>
      </Td>
      <Td className="text-muted max-lg:hidden">{source ? t(`source.${source}`) : contact.source}</Td>
      <Td className="whitespace-nowrap text-muted">
        <Ago at={contact.created_at} />
      </Td>
    </Tr>
  );
}

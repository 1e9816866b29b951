import type { ContactView } from "#shared/wire.ts";
import { Avatar } from "#ui/avatar.tsx";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Checkbox } from "#ui/choice.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { Table, Td, Th, Tr } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { ListX, SearchX, Users } from "lucide-react";
import { useState } from "react";
import { isProblem } from "../../api/problem.ts";
import { contactsQuery, nameOf } from "../../data/contacts.ts";
import { previewQuery, within } from "../../data/segments.ts";
import { app } from "../../i18n/app.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { useIsRole } from "../../session/session.ts";
import { Chosen } from "./chosen.tsx";
import { texts } from "./texts.ts";
import { useContacts } from "./use-contacts.ts";

/** The contacts that are looked for, of all or of one segment. */
function useListed() {
  const { q = "", segment } = useContacts().search;
  const all = useInfiniteQuery({ ...contactsQuery(q), placeholderData: keepPreviousData, enabled: segment === undefined });
  const chosen = useInfiniteQuery({ ...previewQuery(within(segment ?? 0, q)), placeholderData: keepPreviousData, enabled: segment !== undefined });
  const isCut = segment !== undefined && chosen.data?.pages.at(-1)?.exact === false;
  const contacts = (segment === undefined ? all.data : chosen.data)?.pages.flatMap((page): ContactView[] => page.items);
  return { query: segment === undefined ? all : chosen, contacts, isCut };
}

export function Rows({ clear, add }: { clear: () => void; add: () => void }) {
  const t = texts.use();
  const shell = app.use();
  const mayChoose = useIsRole("admin", "user");
  const { search, go } = useContacts();
  const { query, contacts, isCut } = useListed();
  const [picked, setPicked] = useState<ReadonlySet<number>>(new Set());
  const { error, isFetching, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = query;
  const all = <Button onClick={() => void go({ segment: undefined })}>{t("filter.end")}</Button>;
  if (!contacts) {
    if (!error) return <SkeletonRows rows={8} />;
    if (isProblem(error, "bad_segment")) return <EmptyState icon={ListX} title={t("filter.gone")} text={t("filter.gone.text")} action={all} />;
    return <ErrorState title={t("error.list")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} />;
  }
  if (contacts.length === 0 && !isCut) {
    if (search.q) return <EmptyState icon={SearchX} title={t("nothing.title", { query: search.q })} text={t("nothing.text")} action={<Button onClick={clear}>{shell("clear")}</Button>} />;
    if (search.segment !== undefined) return <EmptyState icon={Users} title={t("filter.nobody")} text={t("filter.nobody.text")} action={all} />;
    return <EmptyState icon={Users} title={t("empty.title")} text={t("empty.text")} action={<Button onClick={add}>{t("add")}</Button>} />;
  }
  const chosen = contacts.filter(({ id }) => picked.has(id));
  const isAll = chosen.length === contacts.length;
  const pick = (id: number, on: boolean): void => setPicked(new Set(on ? [...picked, id] : [...picked].filter((each) => each !== id)));
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {chosen.length > 0 && <Chosen contacts={chosen} end={() => setPicked(new Set())} />}
      <Table label={shell("page.contacts")}>
        <thead>
          <tr>
            {mayChoose && (
              <Th className="w-10 ps-4 pe-0">
                <Checkbox aria-label={t("choose.all")} checked={isAll ? contacts.length > 0 : chosen.length > 0 && "indeterminate"} onCheckedChange={() => setPicked(new Set(isAll ? [] : contacts.map(({ id }) => id)))} />
              </Th>
            )}
            <Th className={mayChoose ? undefined : "ps-4"}>{t("name")}</Th>
            <Th className="max-md:hidden">{t("email")}</Th>
            <Th className="max-lg:hidden">{t("phone")}</Th>
            <Th className="max-sm:hidden">{t("tags")}</Th>
            <Th className="max-lg:hidden">{t("source")}</Th>
            <Th>{t("since")}</Th>
          </tr>
        </thead>
        <tbody>
          {contacts.map((contact) => (
            <Row key={contact.id} contact={contact} {...(mayChoose ? { picked: picked.has(contact.id), pick } : {})} />
          ))}
        </tbody>
      </Table>
      {isCut && <p className="shrink-0 px-4 py-2 text-xs text-muted">{t("filter.cut")}</p>}
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
const sources = ["widget", "agent", "import", "api", "email", "commerce"] as const;

interface RowProps {
  contact: ContactView;
  picked?: boolean;
  /** Missing for those who choose none. */
  pick?: (id: number, on: boolean) => void;
}

function Row({ contact, picked = false, pick }: RowProps) {
  const t = texts.use();
  const shell = app.use();
  const { search, go } = useContacts();
  const name = nameOf(contact) || shell("visitor");
  const source = sources.find((each) => each === contact.source);
  return (
    <Tr aria-selected={search.contact === contact.id} onClick={() => void go({ contact: contact.id })} className="cursor-default">
      {pick && (
        <Td className="w-10 ps-4 pe-0" onClick={(event) => event.stopPropagation()}>
          <Checkbox aria-label={t("choose", { name })} checked={picked} onCheckedChange={(on) => pick(contact.id, on === true)} />
        </Td>
      )}
      <Td className={pick ? undefined : "ps-4"}>
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

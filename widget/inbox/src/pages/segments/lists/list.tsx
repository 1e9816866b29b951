import type { ContactView, SegmentView } from "#shared/wire.ts";
import { Avatar } from "#ui/avatar.tsx";
import { Button } from "#ui/button.tsx";
import { Field, Input } from "#ui/field.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { toast } from "#ui/toast.tsx";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { FileUp, Save, UserMinus, Users } from "lucide-react";
import { Suspense, useState } from "react";
import { useActions } from "../../../actions/registry.ts";
import { api } from "../../../api/client.ts";
import { isProblem } from "../../../api/problem.ts";
import { nameOf } from "../../../data/contacts.ts";
import { countQuery, keptSegment, memberQuery, putOnList, segmentQuery, takeOffList } from "../../../data/segments.ts";
import { queries } from "../../../data/queries.ts";
import { app } from "../../../i18n/app.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { later } from "../../../later.tsx";
import { Head } from "../head.tsx";
import { texts } from "../texts.ts";
import { ContactPicker } from "../why.tsx";

const Import = later(() => import("./import.tsx"));

/** A list: what it is called, who is on it, and how more people come onto it. */
export default function ListPage({ list }: { list: SegmentView }) {
  const t = texts.use();
  const shell = app.use();
  const [base, setBase] = useState(list);
  const [name, setName] = useState(list.name);
  const [description, setDescription] = useState(list.description);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [isImporting, setImporting] = useState(false);
  const isDirty = name !== base.name || description !== base.description;
  if (list.version > base.version && !isDirty) {
    setBase(list);
    setName(list.name);
    setDescription(list.description);
  }

  const save = async (): Promise<void> => {
    if (busy || !isDirty || !name.trim()) return;
    setBusy(true);
    try {
      const saved = keptSegment(await api.patch("/api/segments/{segment_id}", { path: { segment_id: base.id }, body: { name: name.trim(), description: description.trim(), version: base.version } }));
      setBase(saved);
      setName(saved.name);
      setDescription(saved.description);
      setProblem(undefined);
      toast({ tone: "success", title: shell("saved"), key: "segment" });
    } catch (error) {
      if (isProblem(error, "duplicate_segment")) setProblem(t("name.taken"));
      else toast({ tone: "error", title: t("failed"), text: isProblem(error, "newer_version") ? t("behind") : problemText(error), key: "segment" });
      if (isProblem(error, "newer_version")) setBase(await queries.fetchQuery({ ...segmentQuery(base.id), staleTime: 0 }));
    }
    setBusy(false);
  };
  useActions(() => [{ name: "segment.save", label: () => texts.t("save"), group: "app", icon: Save, shortcut: "mod+s", perform: () => save() }], [name, description, base, busy]);

  return (
    <>
      <Head segment={base} isNew={false} isDirty={isDirty} busy={busy} save={() => void save()}>
        <Button onClick={() => setImporting(true)} aria-label={t("import")}>
          <FileUp aria-hidden />
          <span className="max-sm:hidden">{t("import")}</span>
        </Button>
      </Head>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-200 flex-col gap-5 px-6 py-6 max-md:px-4 max-md:py-4">
          <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
            <Field label={t("name")} error={problem ?? (name.trim() ? undefined : t("name.missing"))}>
              {(ids) => <Input {...ids} value={name} onChange={({ target }) => setName(target.value)} maxLength={120} />}
            </Field>
            <Field label={t("description")}>{(ids) => <Input {...ids} value={description} onChange={({ target }) => setDescription(target.value)} maxLength={500} />}</Field>
          </div>
          <Members list={base.id} open={() => setImporting(true)} />
        </div>
      </div>
      {isImporting && (
        <Suspense>
          <Import list={base} close={() => setImporting(false)} />
        </Suspense>
      )}
    </>
  );
}

function Members({ list, open }: { list: number; open: () => void }) {
  const t = texts.use();
  const shell = app.use();
  const { data, error, isPending, isFetching, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } = useInfiniteQuery(memberQuery(list));
  const { data: count } = useQuery(countQuery(list));
  const add = async (contact: ContactView): Promise<void> => {
    try {
      const added = await putOnList(list, [contact]);
      toast({ tone: "success", title: t(added ? "members.added" : "members.there", { name: nameOf(contact) || shell("visitor") }), key: "member" });
    } catch (failure) {
      toast({ tone: "error", title: t("failed"), text: problemText(failure), key: "member" });
    }
  };
  const remove = async (contact: ContactView): Promise<void> => {
    const name = nameOf(contact) || shell("visitor");
    try {
      await takeOffList(list, contact.id);
      toast({ tone: "success", title: t("members.removed", { name }), key: "member", action: { label: shell("undo"), perform: () => putOnList(list, [contact]) } });
    } catch (failure) {
      toast({ tone: "error", title: t("failed"), text: problemText(failure), key: "member" });
    }
  };
  const found = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section aria-labelledby="members" className="rounded-md border border-line">
      <header className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2.5">
        <h2 id="members" className="flex min-w-0 flex-1 items-center gap-2 text-sm font-medium">
          <Users className="size-4 text-faint" aria-hidden />
          {count ? t(count.exact ? "count" : "count.least", { count: count.count }) : t("contacts")}
        </h2>
        <ContactPicker label={t("members.add")} choose={(contact) => void add(contact)} />
      </header>
      {isPending ? (
        <SkeletonRows rows={4} />
      ) : !data ? (
        <ErrorState title={t("error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} />
      ) : found.length === 0 ? (
        <EmptyState icon={Users} title={t("members.empty")} text={t("members.empty.text")} action={<Button onClick={open}>{t("import")}</Button>} />
      ) : (
        <ul aria-labelledby="members" className="flex flex-col">
          {found.map((contact) => {
            const name = nameOf(contact) || shell("visitor");
            return (
              <li key={contact.id} className="flex min-h-12 items-center gap-3 border-b border-line px-4 py-1.5 last:border-b-0">
                <Avatar name={name} seed={contact.id} size="sm" />
                <span className="min-w-0 flex-1">
                  <bdi className="block truncate text-sm">{name}</bdi>
                  {contact.email && contact.email !== name && <bdi className="block truncate text-xs text-muted">{contact.email}</bdi>}
                </span>
                <IconButton label={t("members.remove", { name })} onClick={() => void remove(contact)}>
                  <UserMinus aria-hidden />
                </IconButton>
              </li>
            );
          })}
        </ul>
      )}
      {hasNextPage && (
        <div className="flex justify-center border-t border-line p-3">
          <Button size="sm" onClick={() => void fetchNextPage()} busy={isFetchingNextPage}>
            {shell("more")}
          </Button>
        </div>
      )}
    </section>
  );
}

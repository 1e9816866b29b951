import type { ContactView } from "#shared/wire.ts";
import { Avatar } from "#ui/avatar.tsx";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { confirm } from "#ui/confirm.ts";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { Ago } from "#ui/time.tsx";
import { toast } from "#ui/toast.tsx";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { MessageSquarePlus, Trash2, UserRoundX } from "lucide-react";
import { Suspense, useState, type ReactNode } from "react";
import { api } from "../../api/client.ts";
import { isProblem } from "../../api/problem.ts";
import { contactQuery, nameOf, updateContact } from "../../data/contacts.ts";
import { listQuery } from "../../data/conversations.ts";
import { queries } from "../../data/queries.ts";
import { app } from "../../i18n/app.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { later } from "../../later.tsx";
import { useIsRole } from "../../session/session.ts";
import { ContactFields, fieldsOf, isEmailFine, isPhoneFine, same, valuesOf } from "./form.tsx";
import { texts } from "./texts.ts";
import { WriteMessage } from "./write.tsx";

const Mail = later(() => import("./mail/mail.tsx"));

interface DrawerProps {
  id: number;
  close: () => void;
}

/** One contact: who it is, and what was said. */
export function Drawer({ id, close }: DrawerProps) {
  const t = texts.use();
  const shell = app.use();
  const { data, error, isFetching, refetch } = useQuery(contactQuery(id));
  const name = data ? nameOf(data) || shell("visitor") : t("contact");
  return (
    <Dialog open onOpenChange={close}>
      <DialogContent place="end" title={name} className="sm:w-[min(30rem,100vw)]">
        {data ? (
          <Contact contact={data} close={close} />
        ) : isProblem(error, "not_found") ? (
          <EmptyState icon={UserRoundX} title={t("gone.title")} text={t("gone.text")} />
        ) : error ? (
          <ErrorState title={t("error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} />
        ) : (
          <SkeletonRows rows={4} avatar={false} />
        )}
      </DialogContent>
    </Dialog>
  );
}

function Contact({ contact, close }: { contact: ContactView; close: () => void }) {
  const t = texts.use();
  const shell = app.use();
  const isMarketer = useIsRole("admin", "user");
  const [isWriting, setWriting] = useState(false);
  const [base, setBase] = useState(contact);
  const [fields, setFields] = useState(() => fieldsOf(contact));
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const isDirty = !same(fields, fieldsOf(base));
  // Changed elsewhere, and not here: follow.
  if (contact !== base && !isDirty) {
    setBase(contact);
    setFields(fieldsOf(contact));
  }

  const save = async (): Promise<void> => {
    setTried(true);
    if (busy || !isEmailFine(fields) || !isPhoneFine(fields)) return;
    setBusy(true);
    try {
      const saved = await updateContact(contact.id, valuesOf(fields));
      setBase(saved);
      setFields(fieldsOf(saved));
      toast({ tone: "success", title: shell("saved"), key: "contact" });
    } catch (error) {
      toast({ tone: "error", title: t("failed"), text: problemText(error), key: "contact" });
    }
    setBusy(false);
  };

  const remove = async (): Promise<void> => {
    const question = { title: t("delete.title", { name: nameOf(contact) || shell("visitor") }), text: t("delete.text"), action: shell("delete"), danger: true };
    if (!(await confirm(question))) return;
    try {
      await api.delete("/api/contacts/{contact_id}", { path: { contact_id: contact.id } });
      close();
      queries.removeQueries({ queryKey: ["contact", contact.id] });
      void queries.invalidateQueries({ queryKey: ["contacts"] });
      toast({ tone: "success", title: t("deleted"), key: "contact" });
    } catch (error) {
      toast({ tone: "error", title: t("delete.failed"), text: problemText(error), key: "contact" });
    }
  };

  return (
    <>
      <div className="mb-5 flex flex-wrap items-center gap-3">
        <Avatar name={nameOf(contact) || shell("visitor")} seed={contact.id} size="xl" />
        <div className="min-w-44 flex-1 text-sm text-muted">
          <bdi className="block truncate">{contact.email}</bdi>
          <p>
            {t("since")}: <Ago at={contact.created_at} />
          </p>
        </div>
        <Button variant="primary" onClick={() => setWriting(true)} className="max-sm:w-full">
          <MessageSquarePlus aria-hidden />
          {t("write")}
        </Button>
      </div>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <ContactFields fields={fields} set={setFields} tried={tried} />
        <div className="mt-3 flex min-h-8 justify-end gap-2">
          {isDirty && (
            <>
              <Button variant="ghost" onClick={() => setFields(fieldsOf(base))}>
                {shell("cancel")}
              </Button>
              <Button type="submit" variant="primary" busy={busy}>
                {shell("save")}
              </Button>
            </>
          )}
        </div>
      </form>
      <Part title={t("conversations")}>
        <Conversations contact={contact.id} />
      </Part>
      {isMarketer && (
        <Part title={t("mail")}>
          <Suspense fallback={<SkeletonRows avatar={false} rows={2} className="px-0" />}>
            <Mail contact={contact} />
          </Suspense>
        </Part>
      )}
      {Object.keys(contact.custom_fields).length > 0 && (
        <Part title={t("custom")}>
          <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
            {Object.entries(contact.custom_fields).map(([key, value]) => (
              <div key={key} className="contents">
                <dt className="text-muted">{key}</dt>
                <dd className="wrap-anywhere">{String(value)}</dd>
              </div>
            ))}
          </dl>
        </Part>
      )}
      {isMarketer && (
        <div className="mt-6 border-t border-line pt-4">
          <Button variant="ghost" className="text-danger hover:text-danger" onClick={() => void remove()}>
            <Trash2 aria-hidden />
            {t("delete")}
          </Button>
        </div>
      )}
      <WriteMessage contact={contact} open={isWriting} close={() => setWriting(false)} />
    </>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="mt-4 border-t border-line pt-4">
    <h3 className="mb-2 text-xs font-semibold text-muted">{title}</h3>
    {children}
  </section>
);

function Conversations({ contact }: { contact: number }) {
  const t = texts.use();
  const shell = app.use();
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(listQuery({ view: "all", status: "any", sort: "latest", contact_id: contact }));
  if (!data) return null;
  const items = data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <p className="text-sm text-faint">{t("conversations.none")}</p>;
  return (
    <ul className="-mx-2 flex flex-col">
      {items.map(({ conversation }) => (
        <li key={conversation.id}>
          <Link to="/inbox/$conversation" params={{ conversation: String(conversation.id) }} className="flex items-center gap-2 rounded-sm px-2 py-2 text-sm transition-colors hover:bg-hover">
            <span className="shrink-0 text-faint tabular-nums">#{conversation.number}</span>
            <span dir="auto" className="min-w-0 flex-1 truncate">
              {conversation.subject || conversation.preview}
            </span>
            <Badge>{t(`status.${conversation.status}`)}</Badge>
            <Ago at={conversation.last_activity_at} className="shrink-0 text-xs text-faint" />
          </Link>
        </li>
      ))}
      {hasNextPage && (
        <Button size="sm" variant="ghost" onClick={() => void fetchNextPage()} busy={isFetchingNextPage}>
          {shell("more")}
        </Button>
      )}
    </ul>
  );
}

import type { ContactView } from "#shared/wire.ts";
import { Avatar } from "#ui/avatar.tsx";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { Input } from "#ui/field.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { ErrorState } from "#ui/states.tsx";
import { Ago } from "#ui/time.tsx";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import { contactsQuery, nameOf } from "../../../data/contacts.ts";
import { app } from "../../../i18n/app.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { useSettled } from "../../../use-settled.ts";
import { contactWorkflowsQuery } from "../data.ts";
import { useWhy } from "../said.ts";
import { texts, word } from "../texts.ts";

const SHOWN = 8;

interface WhyProps {
  workflow: number;
  /** Of its steps, by id. */
  titles: ReadonlyMap<string, string>;
  close: () => void;
  open: (run: number) => void;
}

/** Why a contact is in this workflow, or not: the one reason. */
export function Why({ workflow, titles, close, open }: WhyProps) {
  const t = texts.use();
  const shell = app.use();
  const [query, setQuery] = useState("");
  const [contact, setContact] = useState<ContactView>();
  const { data } = useInfiniteQuery(contactsQuery(useSettled(query).trim()));
  const found = data?.pages[0]?.items.slice(0, SHOWN) ?? [];
  return (
    <Dialog open onOpenChange={close}>
      <DialogContent title={t("why")} text={t("why.text")}>
        {contact ? (
          <>
            <Button variant="ghost" size="sm" className="-ms-2 mb-2" onClick={() => setContact(undefined)}>
              <ArrowLeft className="rtl:-scale-x-100" aria-hidden />
              {t("why.another")}
            </Button>
            <Reason workflow={workflow} titles={titles} contact={contact} open={open} />
          </>
        ) : (
          <>
            <Input type="search" aria-label={t("why.search")} placeholder={t("why.search")} value={query} onChange={(event) => setQuery(event.target.value)} />
            <ul className="-mx-2 mt-2 min-h-60">
              {found.map((each) => (
                <li key={each.id}>
                  <button type="button" onClick={() => setContact(each)} className="flex w-full items-center gap-3 rounded-sm px-2 py-2 text-start text-sm transition-colors hover:bg-hover">
                    <Avatar name={nameOf(each) || shell("visitor")} seed={each.id} size="sm" />
                    <bdi className="min-w-0 flex-1 truncate font-medium">{nameOf(each) || shell("visitor")}</bdi>
                    <bdi className="min-w-0 truncate text-xs text-muted">{each.email}</bdi>
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
      </DialogContent>
    </Dialog>
  );
}

function Reason({ workflow, titles, contact, open }: Omit<WhyProps, "close"> & { contact: ContactView }) {
  const t = texts.use();
  const why = useWhy();
  const shell = app.use();
  const { data, error, isFetching, refetch } = useQuery(contactWorkflowsQuery(contact.id));
  if (!data) return error ? <ErrorState text={problemText(error)} retry={() => void refetch()} busy={isFetching} /> : <SkeletonRows rows={2} avatar={false} />;
  const here = data.find(({ workflow_id }) => workflow_id === workflow);
  return (
    <div className="rounded-md border border-line p-4">
      <p className="flex items-center gap-3">
        <Avatar name={nameOf(contact) || shell("visitor")} seed={contact.id} />
        <bdi className="min-w-0 flex-1 truncate font-semibold">{nameOf(contact) || shell("visitor")}</bdi>
        {here && <Badge tone={here.reason === "inside" ? "accent" : "neutral"}>{t(here.reason === "inside" ? "why.in" : "why.out")}</Badge>}
      </p>
      {here ? (
        <>
          <p className="mt-3 text-sm font-medium">{word("reason", here.reason, here.reason.replaceAll("_", " "))}</p>
          <p dir="auto" className="text-sm text-muted">
            {why(here, titles)}
          </p>
          {here.refusal && (
            <p className="mt-2 text-xs text-faint">
              {t("why.refused", { count: here.refusal.times })} <Ago at={here.refusal.at} />
            </p>
          )}
          {here.enrollments.length > 0 && (
            <ul className="mt-3 flex flex-wrap gap-2">
              {here.enrollments.slice(0, SHOWN).map((run) => (
                <li key={run.id}>
                  <Button size="sm" onClick={() => open(run.id)}>
                    {t(`run.${run.status}`)} · <Ago at={run.enrolled_at} />
                  </Button>
                </li>
              ))}
            </ul>
          )}
        </>
      ) : (
        <p className="mt-3 text-sm text-muted">{t("why.draft")}</p>
      )}
    </div>
  );
}

import type { ContactView, Explanation } from "#shared/wire.ts";
import { Avatar } from "#ui/avatar.tsx";
import { Button } from "#ui/button.tsx";
import { Command, CommandEmpty, CommandInput, CommandItem, CommandList } from "#ui/command.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Popover, PopoverContent, PopoverTrigger } from "#ui/popover.tsx";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Check, CircleHelp, UserSearch, X } from "lucide-react";
import { useState } from "react";
import { contactsQuery, nameOf } from "../../data/contacts.ts";
import { app } from "../../i18n/app.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { useSettled } from "../../use-settled.ts";
import { texts } from "./texts.ts";

interface WhyProps {
  contact: ContactView | undefined;
  choose: (contact: ContactView | undefined) => void;
  explanation: Explanation | undefined;
  error: unknown;
}

/** Whether one contact is in it. What of the tree decides stands beside each of its parts. */
export function Why({ contact, choose, explanation, error }: WhyProps) {
  const t = texts.use();
  const shell = app.use();
  return (
    <section aria-labelledby="why" className="flex flex-col gap-2 border-t border-line pt-4">
      <h2 id="why" className="flex items-center gap-1.5 text-xs font-semibold text-muted">
        <CircleHelp className="size-3.5" aria-hidden />
        {t("why.title")}
      </h2>
      {contact && (
        <div role="status" className="flex items-start gap-2.5 rounded-sm border border-line p-2.5">
          <Avatar name={nameOf(contact) || shell("visitor")} seed={contact.id} size="sm" />
          <div className="min-w-0 flex-1 text-sm">
            <bdi className="block truncate font-medium">{nameOf(contact) || shell("visitor")}</bdi>
            {explanation ? (
              <p className={explanation.holds ? "flex items-center gap-1 text-success" : "flex items-center gap-1 text-danger"}>
                {explanation.holds ? <Check className="size-4" aria-hidden /> : <X className="size-4" aria-hidden />}
                {t(explanation.holds ? "why.in" : "why.out")}
              </p>
            ) : (
              <p className="text-muted">{error ? problemText(error) : shell("loading")}</p>
            )}
            {explanation && <p className="text-xs text-muted">{t("why.parts")}</p>}
          </div>
          <IconButton label={t("why.end")} size="sm" onClick={() => choose(undefined)}>
            <X aria-hidden />
          </IconButton>
        </div>
      )}
      <ContactPicker label={t("why.choose")} choose={choose} />
    </section>
  );
}

/** A button that lets somebody be found by name or address. */
export function ContactPicker({ label, choose }: { label: string; choose: (contact: ContactView) => void }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button size="sm" className="self-start">
          <UserSearch aria-hidden />
          {label}
        </Button>
      </PopoverTrigger>
      <PopoverContent aria-label={label} className="w-72 p-0">
        <Results
          label={label}
          choose={(contact) => {
            setOpen(false);
            choose(contact);
          }}
        />
      </PopoverContent>
    </Popover>
  );
}

function Results({ label, choose }: { label: string; choose: (contact: ContactView) => void }) {
  const t = texts.use();
  const shell = app.use();
  const [query, setQuery] = useState("");
  const { data } = useInfiniteQuery(contactsQuery(useSettled(query).trim()));
  return (
    <Command label={label} shouldFilter={false}>
      <CommandInput placeholder={t("people.search")} value={query} onValueChange={setQuery} />
      <CommandEmpty>{data ? t("people.none") : shell("loading")}</CommandEmpty>
      <CommandList label={label} className="max-h-72">
        {data?.pages[0]?.items.map((contact) => (
          <CommandItem key={contact.id} value={String(contact.id)} icon={<Avatar name={nameOf(contact) || shell("visitor")} seed={contact.id} size="xs" />} onSelect={() => choose(contact)}>
            <bdi>{nameOf(contact) || shell("visitor")}</bdi>
          </CommandItem>
        ))}
      </CommandList>
    </Command>
  );
}

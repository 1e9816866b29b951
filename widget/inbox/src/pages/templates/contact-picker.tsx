import { Button } from "#ui/button.tsx";
import { Command, CommandEmpty, CommandInput, CommandItem, CommandList } from "#ui/command.tsx";
import { Popover, PopoverContent, PopoverTrigger } from "#ui/popover.tsx";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { UserRound } from "lucide-react";
import { useState } from "react";
import { contactQuery, contactsQuery, nameOf } from "../../data/contacts.ts";
import { useSettled } from "../../use-settled.ts";
import { texts } from "./texts.ts";

interface ContactPickerProps {
  value: number | undefined;
  onChange: (contact: number | undefined) => void;
  className?: string;
}

/** As whom a mail is looked at: a contact, or somebody made up. */
export function ContactPicker({ value, onChange, className }: ContactPickerProps) {
  const t = texts.use();
  const [isOpen, setOpen] = useState(false);
  const chosen = useQuery({ ...contactQuery(value ?? 0), enabled: value !== undefined }).data;
  const name = value === undefined ? t("as.nobody") : chosen ? nameOf(chosen) : "…";
  const choose = (contact: number | undefined): void => {
    onChange(contact);
    setOpen(false);
  };
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button size="sm" aria-label={t("as.now", { name })} className={className}>
          <UserRound aria-hidden />
          <bdi className="max-w-40 truncate">{name}</bdi>
        </Button>
      </PopoverTrigger>
      <PopoverContent aria-label={t("as")} align="end" className="p-0">
        <Found choose={choose} />
      </PopoverContent>
    </Popover>
  );
}

function Found({ choose }: { choose: (contact: number | undefined) => void }) {
  const t = texts.use();
  const [query, setQuery] = useState("");
  const { data } = useInfiniteQuery({ ...contactsQuery(useSettled(query).trim()), placeholderData: keepPreviousData });
  return (
    <Command label={t("as.search")} shouldFilter={false} className="max-h-80">
      <CommandInput value={query} onValueChange={setQuery} placeholder={t("as.search")} />
      <CommandList aria-label={t("as")}>
        <CommandItem value="nobody" onSelect={() => choose(undefined)}>
          {t("as.nobody")}
        </CommandItem>
        {data?.pages[0]?.items.map((contact) => (
          <CommandItem key={contact.id} value={String(contact.id)} onSelect={() => choose(contact.id)}>
            <bdi>{nameOf(contact) || `#${contact.id}`}</bdi> <bdi className="text-xs text-muted">{contact.email}</bdi>
          </CommandItem>
        ))}
        {data && <CommandEmpty>{t("as.none")}</CommandEmpty>}
      </CommandList>
    </Command>
  );
}

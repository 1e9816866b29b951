import type { MergeFieldView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Command, CommandEmpty, CommandInput, CommandItem, CommandList } from "#ui/command.tsx";
import { Field, Input } from "#ui/field.tsx";
import { focusOnMount } from "#ui/focus.ts";
import { Popover, PopoverContent, PopoverTrigger } from "#ui/popover.tsx";
import { Braces } from "lucide-react";
import { useState, type FormEvent } from "react";
import { texts } from "../texts.ts";
import { useEditing } from "./editing.ts";

const known = [
  "contact.first_name", "contact.last_name", "contact.name", "contact.email", "contact.phone", "contact.tags", "contact.order_count",
  "contact.total_order_value", "contact.last_order_date", "contact.custom_fields", "organization.name", "mail.unsubscribe_url", "mail.preferences_url",
] as const;

/** What a field is called, in the reader's language where we know it. */
export function tagTitle({ name, title }: Pick<MergeFieldView, "name" | "title">): string {
  const ours = known.find((each) => each === name);
  return ours ? texts.t(`tag.${ours}`) : title;
}

interface TagMenuProps {
  /** The field that it writes into, for its name. */
  label: string;
  /** Only whole addresses fit, or only what is words. */
  only: "words" | "address";
  insert: (tag: string) => void;
}

/** Chooses what of a person is named here, and what stands there for those who have none. */
export function TagMenu({ label, only, insert }: TagMenuProps) {
  const t = texts.use();
  const { fields } = useEditing();
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState<MergeFieldView>();
  const offered = fields.filter(({ kind }) => kind !== "items" && (only === "words" || kind === "url"));
  if (offered.length === 0) return null;
  const turn = (open: boolean): void => {
    setOpen(open);
    setChosen(undefined);
  };
  return (
    <Popover open={isOpen} onOpenChange={turn}>
      <PopoverTrigger asChild>
        <Button variant="ghost" size="sm" aria-label={t("tags.insert", { name: label })} className="-my-1 h-6 touch:h-9">
          <Braces aria-hidden />
          {t("tags")}
        </Button>
      </PopoverTrigger>
      <PopoverContent aria-label={t("tags.insert", { name: label })} align="end" className={chosen ? "" : "p-0"} onCloseAutoFocus={(event) => event.preventDefault()}>
        {chosen ? (
          <Fallback
            field={chosen}
            done={(tag) => {
              turn(false);
              insert(tag);
            }}
          />
        ) : (
          <Command label={t("tags.search")} className="max-h-80">
            <CommandInput placeholder={t("tags.search")} />
            <CommandList aria-label={t("tags")}>
              <CommandEmpty>{t("tags.none")}</CommandEmpty>
              {offered.map((field) => (
                <CommandItem key={field.name} value={`${tagTitle(field)} ${field.name}`} onSelect={() => setChosen(field)}>
                  {tagTitle(field)}
                </CommandItem>
              ))}
            </CommandList>
          </Command>
        )}
      </PopoverContent>
    </Popover>
  );
}

/** Braces and bars would end the tag. */
const clean = (words: string): string => words.replaceAll(/[{}|\r\n]/g, "").trim();

function Fallback({ field, done }: { field: MergeFieldView; done: (tag: string) => void }) {
  const t = texts.use();
  const [own, setOwn] = useState("");
  const [words, setWords] = useState("");
  const isMap = field.kind === "map";
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    event.stopPropagation(); // a portal's events reach the form around it
    if (isMap && !clean(own)) return;
    const name = isMap ? `${field.name}.${clean(own)}` : field.name;
    done(clean(words) ? `{{ ${name} | ${clean(words)} }}` : `{{ ${name} }}`);
  };
  return (
    <form className="flex flex-col gap-3" onSubmit={submit}>
      <p className="font-medium">{tagTitle(field)}</p>
      {isMap && <Field label={t("tags.own")}>{(ids) => <Input {...ids} ref={focusOnMount} value={own} maxLength={60} onChange={(event) => setOwn(event.target.value)} />}</Field>}
      <Field label={t("tags.fallback")} hint={t("tags.fallback.hint")}>
        {(ids) => <Input {...ids} {...(isMap ? {} : { ref: focusOnMount })} value={words} maxLength={200} onChange={(event) => setWords(event.target.value)} />}
      </Field>
      <Button type="submit" variant="primary">
        {t("tags.put")}
      </Button>
    </form>
  );
}

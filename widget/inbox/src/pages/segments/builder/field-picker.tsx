import type { FieldView } from "#shared/wire.ts";
import { cn } from "#ui/cn.ts";
import { Command, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from "#ui/command.tsx";
import { fieldClass } from "#ui/field.tsx";
import { Popover, PopoverContent, PopoverTrigger } from "#ui/popover.tsx";
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { texts } from "../texts.ts";
import { useFieldWords } from "../words.ts";
import { useBuilder } from "./context.ts";

interface FieldPickerProps {
  value: string;
  onChange: (field: FieldView) => void;
  /** Just added: opens by itself. */
  isNew: boolean;
}

/** What a comparison is about, found by typing. */
export function FieldPicker({ value, onChange, isNew }: FieldPickerProps) {
  const t = texts.use();
  const words = useFieldWords();
  const { fields } = useBuilder();
  const [open, setOpen] = useState(isNew);
  const known = fields.get(value);
  const groups = [...new Set([...fields.values()].map(({ group }) => group))];
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger aria-label={known ? t("field.is", { field: words(known.label) }) : t("field.choose")} className={cn(fieldClass, "flex h-8 w-auto max-w-64 items-center justify-between gap-2 text-start touch:h-10", !value && "text-faint")}>
        <span className="truncate">{known ? words(known.label) : value || t("field.choose")}</span>
        <ChevronDown className="size-4 shrink-0 text-faint" aria-hidden />
      </PopoverTrigger>
      <PopoverContent aria-label={t("field.choose")} className="w-72 p-0">
        <Command label={t("field.choose")}>
          <CommandInput placeholder={t("field.search")} />
          <CommandEmpty>{t("field.none")}</CommandEmpty>
          <CommandList label={t("field.choose")} className="max-h-80">
            {groups.map((group) => (
              <CommandGroup key={group} heading={words(group)}>
                {[...fields.values()]
                  .filter((field) => field.group === group)
                  .map((field) => (
                    <CommandItem
                      key={field.name}
                      value={field.name}
                      keywords={[words(field.label), words(group)]}
                      onSelect={() => {
                        setOpen(false);
                        onChange(field);
                      }}
                    >
                      {words(field.label)}
                    </CommandItem>
                  ))}
              </CommandGroup>
            ))}
          </CommandList>
        </Command>
      </PopoverContent>
    </Popover>
  );
}

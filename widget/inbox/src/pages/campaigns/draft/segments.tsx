import type { SegmentSummary } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Command, CommandEmpty, CommandInput, CommandItem, CommandList } from "#ui/command.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Popover, PopoverContent, PopoverTrigger } from "#ui/popover.tsx";
import { Filter, ListChecks, Plus, X } from "lucide-react";
import { useState } from "react";
import { texts } from "../texts.ts";

interface SegmentsProps {
  label: string;
  /** What it means that none is chosen. */
  none: string;
  chosen: readonly number[];
  /** Not offered: they stand on the other side. */
  others: readonly number[];
  all: readonly SegmentSummary[];
  onChange: (ids: number[]) => void;
}

/** Segments and lists that an audience is made of. */
export function Segments({ label, none, chosen, others, all, onChange }: SegmentsProps) {
  const t = texts.use();
  const [isOpen, setOpen] = useState(false);
  const offered = all.filter(({ id }) => !chosen.includes(id) && !others.includes(id));
  return (
    <div className="flex flex-col gap-2">
      <h3 className="text-sm font-medium">{label}</h3>
      {chosen.length === 0 && <p className="text-sm text-muted">{none}</p>}
      <ul aria-label={label} className="flex flex-wrap gap-2 empty:hidden">
        {chosen.map((id) => {
          const segment = all.find((each) => each.id === id);
          const name = segment?.name ?? `#${id}`;
          return (
            <li key={id} className="flex items-center gap-1.5 rounded-sm border border-line bg-sunken ps-2 text-sm">
              {segment?.kind === "static" ? <ListChecks className="size-3.5 shrink-0 text-faint" aria-hidden /> : <Filter className="size-3.5 shrink-0 text-faint" aria-hidden />}
              <bdi className="max-w-56 truncate">{name}</bdi>
              <IconButton size="sm" label={t("audience.remove", { name })} onClick={() => onChange(chosen.filter((each) => each !== id))}>
                <X aria-hidden />
              </IconButton>
            </li>
          );
        })}
      </ul>
      <Popover open={isOpen} onOpenChange={setOpen}>
        <PopoverTrigger asChild>
          <Button size="sm" className="self-start" aria-label={`${t("audience.add")}: ${label}`}>
            <Plus aria-hidden />
            {t("audience.add")}
          </Button>
        </PopoverTrigger>
        <PopoverContent aria-label={label} className="p-0">
          <Command label={t("audience.search")} className="max-h-80">
            <CommandInput placeholder={t("audience.search")} />
            <CommandList aria-label={label}>
              <CommandEmpty>{t("audience.no-segments")}</CommandEmpty>
              {offered.map((segment) => (
                <CommandItem
                  key={segment.id}
                  value={`${segment.name} ${segment.id}`}
                  icon={segment.kind === "static" ? <ListChecks aria-hidden /> : <Filter aria-hidden />}
                  onSelect={() => {
                    onChange([...chosen, segment.id]);
                    setOpen(false);
                  }}
                >
                  <bdi>{segment.name}</bdi>
                </CommandItem>
              ))}
            </CommandList>
          </Command>
        </PopoverContent>
      </Popover>
    </div>
  );
}

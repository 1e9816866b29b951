import type { SegmentSummary } from "#shared/wire.ts";
import { Command, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from "#ui/command.tsx";
import { Popover, PopoverContent, PopoverTrigger } from "#ui/popover.tsx";
import { useQuery } from "@tanstack/react-query";
import { Check, ListChecks, ListFilter } from "lucide-react";
import { useState, type ReactNode } from "react";
import { everySegmentQuery } from "../../data/segments.ts";
import { app } from "../../i18n/app.ts";
import { texts } from "./texts.ts";

interface SegmentPickerProps {
  label: string;
  kind?: SegmentSummary["kind"];
  current?: number | undefined;
  /** This one is not offered. */
  without?: number | undefined;
  choose: (segment: SegmentSummary) => void;
  /** What else can be chosen, above them all. */
  first?: { label: string; icon: ReactNode; perform: (typed: string) => void } | undefined;
  /** What opens it. */
  children: ReactNode;
}

const kinds = ["dynamic", "static"] as const;

/** A segment or list, found by typing. */
export function SegmentPicker({ label, children, choose, first, ...rest }: SegmentPickerProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>{children}</PopoverTrigger>
      <PopoverContent aria-label={label} className="w-72 p-0">
        <Choices
          label={label}
          {...rest}
          choose={(segment) => {
            setOpen(false);
            choose(segment);
          }}
          first={
            first && {
              ...first,
              perform: (typed) => {
                setOpen(false);
                first.perform(typed);
              },
            }
          }
        />
      </PopoverContent>
    </Popover>
  );
}

function Choices({ label, kind, current, without, choose, first }: Omit<SegmentPickerProps, "children">) {
  const t = texts.use();
  const shell = app.use();
  const [typed, setTyped] = useState("");
  const { data } = useQuery(everySegmentQuery);
  const offered = data?.filter(({ id }) => id !== without) ?? [];
  const Icon = { dynamic: ListFilter, static: ListChecks };
  return (
    <Command label={label}>
      <CommandInput placeholder={t("picker.search")} value={typed} onValueChange={setTyped} />
      <CommandList label={label} className="max-h-80">
        {first && (
          <CommandItem forceMount value={`first ${first.label}`} icon={first.icon} onSelect={() => first.perform(typed.trim())}>
            {first.label}
          </CommandItem>
        )}
        {kinds
          .filter((each) => (kind ?? each) === each && offered.some((segment) => segment.kind === each))
          .map((each) => {
            const Kind = Icon[each];
            return (
              <CommandGroup key={each} heading={t(each === "static" ? "lists" : "segments")}>
                {offered
                  .filter((segment) => segment.kind === each)
                  .map((segment) => (
                    <CommandItem key={segment.id} value={String(segment.id)} keywords={[segment.name]} icon={<Kind aria-hidden />} onSelect={() => choose(segment)}>
                      <span className="flex items-center gap-2">
                        <bdi className="truncate">{segment.name}</bdi>
                        {segment.id === current && <Check className="ms-auto size-4 shrink-0 text-accent-text" aria-hidden />}
                      </span>
                    </CommandItem>
                  ))}
              </CommandGroup>
            );
          })}
      </CommandList>
      {!first && <CommandEmpty>{t(data ? "picker.none" : "picker.loading")}</CommandEmpty>}
      {first && !data && <p className="p-3 text-sm text-muted">{shell("loading")}</p>}
    </Command>
  );
}

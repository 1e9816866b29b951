import { Command, CommandInput, CommandItem, CommandList } from "#ui/command.tsx";
import { Plus, Tag } from "lucide-react";
import { useState } from "react";
import { loadedLists } from "../../../data/conversations.ts";
import { tag } from "../changes.ts";
import { texts } from "../texts.ts";
import { Label, type PickerProps } from "./assign.tsx";

const TAG_MAX = 40;
const SHOWN = 50;

/** Tags seen on conversations that are loaded: what this team uses. */
function usedTags(): string[] {
  const counts = new Map<string, number>();
  for (const [, list] of loadedLists())
    for (const page of list.pages) for (const { conversation } of page.items) for (const name of conversation.tags) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([name]) => name);
}

/** Puts tags on and takes them off; stays open for the next one. */
export function TagsPicker({ conversation }: PickerProps) {
  const t = texts.use();
  const [query, setQuery] = useState("");
  const [used] = useState(usedTags);
  const known = [...new Set([...conversation.tags, ...used])].slice(0, SHOWN);
  const fresh = query.trim().replaceAll(",", "").slice(0, TAG_MAX);
  const isNew = fresh !== "" && !known.includes(fresh);
  return (
    <Command label={t("picker.tags")}>
      <CommandInput value={query} onValueChange={setQuery} placeholder={t("picker.tags.search")} maxLength={TAG_MAX} />
      {known.length === 0 && !isNew && <p className="px-4 py-8 text-center text-sm text-muted">{t("picker.tags.none")}</p>}
      <CommandList label={t("picker.tags")} className="max-h-80">
        {known.map((name) => {
          const on = conversation.tags.includes(name);
          return (
            <CommandItem key={name} value={name} icon={<Tag aria-hidden />} onSelect={() => void (on ? tag(conversation.id, [], [name]) : tag(conversation.id, [name], []))}>
              <Label text={name} on={on} />
            </CommandItem>
          );
        })}
        {isNew && (
          <CommandItem
            value={`${fresh} `}
            forceMount
            icon={<Plus aria-hidden />}
            onSelect={() => {
              setQuery("");
              void tag(conversation.id, [fresh], []);
            }}
          >
            {t("picker.tags.new", { tag: fresh })}
          </CommandItem>
        )}
      </CommandList>
    </Command>
  );
}

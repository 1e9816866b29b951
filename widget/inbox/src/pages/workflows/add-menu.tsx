import type { StepInfo } from "#shared/wire.ts";
import { Command, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from "#ui/command.tsx";
import { groupOf, groups, StepIcon } from "./look.tsx";
import { texts, word } from "./texts.ts";

/** By the words that a step goes by: those it is called by before those that say what it does. */
function score(_: string, search: string, keywords: string[] = []): number {
  const wanted = search.trim().toLocaleLowerCase();
  const place = keywords.findIndex((word) => word.toLocaleLowerCase().includes(wanted));
  if (place < 0) return 0;
  return (keywords[place]!.toLocaleLowerCase().startsWith(wanted) ? 1 : 0.9) / (place + 1);
}

/** All types of steps, searched by what they are called and do. */
export default function AddMenu({ steps, onPick }: { steps: readonly StepInfo[]; onPick: (type: string) => void }) {
  const t = texts.use();
  return (
    <Command label={t("add")} filter={score} className="max-h-[min(26rem,60vh)]">
      <CommandInput placeholder={t("add.search")} />
      <CommandList>
        <CommandEmpty>{t("add.nothing")}</CommandEmpty>
        {groups.map((group) => {
          const own = steps.filter(({ name }) => groupOf(name) === group);
          if (own.length === 0) return null;
          return (
            <CommandGroup key={group} heading={t(`group.${group}`)}>
              {own.map(({ name, title }) => (
                <CommandItem
                  key={name}
                  value={name}
                  keywords={[word("step", name, title), title, word("does", name, "")]}
                  icon={<StepIcon type={name} className="size-8" />}
                  className="min-h-12"
                  onSelect={() => onPick(name)}
                >
                  <span className="block text-sm font-medium">{word("step", name, title)}</span>
                  <span className="block truncate text-xs text-muted">{word("does", name, "")}</span>
                </CommandItem>
              ))}
            </CommandGroup>
          );
        })}
      </CommandList>
    </Command>
  );
}

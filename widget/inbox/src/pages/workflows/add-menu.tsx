import type { StepInfo } from "#shared/wire.ts";
import { Command, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from "#ui/command.tsx";
import { groupOf, groups, StepIcon } from "./look.tsx";
import { texts, word } from "./texts.ts";

/** All types of steps, searched by what they are called and do. */
export default function AddMenu({ steps, onPick }: { steps: readonly StepInfo[]; onPick: (type: string) => void }) {
  const t = texts.use();
  return (
    <Command label={t("add")} className="max-h-[min(26rem,60vh)]">
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

import { Command, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from "#ui/command.tsx";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { Kbd } from "#ui/kbd.tsx";
import { useState } from "react";
import { flushSync } from "react-dom";
import { groups, perform, useAvailableActions, type Action } from "../actions/registry.ts";
import { app } from "../i18n/app.ts";
import { FoundGroups, useFound } from "./found.tsx";
import { overlay } from "./overlays.ts";

const close = (): void => overlay.set(undefined);

function run(action: Action): void {
  // The dialog gives the focus back in a timer of its own; the action comes after it, because it may move the focus.
  flushSync(close);
  setTimeout(() => void perform(action));
}

/** A command is meant when each typed word begins a word of its label or keywords: "not" finds "Go to Notifications", not "Snooze until". */
function isMeant(_: string, typed: string, keywords: string[] = []): number {
  const known = keywords.join(" ").toLowerCase().split(/[^\p{L}\p{M}\p{N}]+/u);
  const words = typed.toLowerCase().split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean);
  return words.every((word) => known.some((other) => other.startsWith(word))) ? 1 : 0;
}

export default function Palette() {
  const t = app.use();
  const [query, setQuery] = useState("");
  const actions = useAvailableActions();
  const found = useFound(query);
  const isNothingFound = !found.isSearching && found.groups.every(({ hits }) => hits.length === 0);
  return (
    <Dialog open onOpenChange={close}>
      <DialogContent
        bare
        title={t("palette")}
        className="overflow-hidden sm:max-w-xl"
        onKeyDown={(event) => {
          if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
          event.preventDefault();
          close();
        }}
      >
        <Command label={t("palette")} filter={isMeant} className="flex-1">
          <CommandInput value={query} onValueChange={setQuery} placeholder={t("palette.placeholder")} />
          {/* Beside the list: a list of options holds options alone. */}
          {isNothingFound && (
            <CommandEmpty>
              <span className="font-medium text-ink">{t("palette.empty", { query })}</span>
              <br />
              {t("palette.empty.hint")}
            </CommandEmpty>
          )}
          <CommandList label={t("palette")} className="max-sm:min-h-[50dvh] sm:max-h-96">
            <FoundGroups groups={found.groups} />
            {groups.map((group) => {
              const members = actions.filter((action) => action.group === group && action.name !== "app.palette");
              return (
                members.length > 0 && (
                  <CommandGroup key={group} heading={t(`group.${group}`)}>
                    {members.map((action) => (
                      <CommandItem
                        key={action.name}
                        value={action.name}
                        keywords={[action.label(), action.keywords?.() ?? ""]}
                        icon={action.icon && <action.icon aria-hidden />}
                        shortcut={action.shortcut}
                        onSelect={() => run(action)}
                      >
                        {action.label()}
                      </CommandItem>
                    ))}
                  </CommandGroup>
                )
              );
            })}
          </CommandList>
          <footer className="flex items-center gap-4 border-t border-line px-4 py-2 text-xs text-faint max-sm:hidden touch:hidden" aria-hidden>
            <span className="flex items-center gap-1.5">
              <Kbd keys="arrowup" />
              <Kbd keys="arrowdown" />
              {t("palette.move")}
            </span>
            <span className="flex items-center gap-1.5">
              <Kbd keys="enter" />
              {t("palette.run")}
            </span>
          </footer>
        </Command>
      </DialogContent>
    </Dialog>
  );
}

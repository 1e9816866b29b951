import { Choice, Switch } from "#ui/choice.tsx";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { isApple, Kbd } from "#ui/kbd.tsx";
import { groups, setSingleKeys, singleKeys, useAvailableActions } from "../actions/registry.ts";
import { app } from "../i18n/app.ts";
import { useStore } from "../use-store.ts";
import { overlay } from "./overlays.ts";

export default function Shortcuts() {
  const t = app.use();
  const on = useStore(singleKeys);
  const actions = useAvailableActions().filter((action) => action.shortcut);
  return (
    <Dialog open onOpenChange={() => overlay.set(undefined)}>
      <DialogContent title={t("shortcuts")} text={t("shortcuts.text")}>
        <Choice
          label={t("shortcuts.single")}
          hint={t("shortcuts.single.text", { key: isApple ? "⌘" : "Ctrl" })}
          className="rounded-md border border-line bg-sunken px-3 py-2.5"
        >
          {(ids) => <Switch checked={on} onCheckedChange={setSingleKeys} {...ids} />}
        </Choice>
        {groups.map((group) => {
          const members = actions.filter((action) => action.group === group);
          return (
            members.length > 0 && (
              <section key={group} className="mt-5">
                <h3 className="mb-1 text-xs text-faint">{t(`group.${group}`)}</h3>
                <ul>
                  {members.map((action) => (
                    <li key={action.name} className="flex h-8 items-center justify-between gap-4 text-sm">
                      <span className="truncate">{action.label()}</span>
                      <Kbd keys={action.shortcut!} />
                    </li>
                  ))}
                </ul>
              </section>
            )
          );
        })}
      </DialogContent>
    </Dialog>
  );
}

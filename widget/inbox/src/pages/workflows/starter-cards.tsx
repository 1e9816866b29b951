import { cn } from "#ui/cn.ts";
import { ChevronRight, FilePlus2 } from "lucide-react";
import { StepIcon, TriggerIcon } from "./look.tsx";
import { flat, itemsOf, tidy } from "./model/definition.ts";
import { starters, type Starter } from "./starters.ts";
import { texts } from "./texts.ts";

const keys = Object.keys(starters) as Starter[];
const SHOWN = 5;

/** What a workflow may begin as: a template, drawn by its steps, or nothing. */
export function StarterCards({ onPick, busy, className }: { onPick: (starter: Starter | "blank") => void; busy: boolean; className?: string }) {
  const t = texts.use();
  const frame = "flex w-full flex-col gap-2.5 rounded-md border border-line bg-pane p-4 text-start transition-colors hover:border-accent-text hover:bg-sunken dark:bg-raised dark:hover:bg-hover";
  return (
    <ul className={cn("grid gap-3 sm:grid-cols-2 lg:grid-cols-3", className)}>
      {keys.map((key) => {
        const definition = tidy(starters[key]);
        const kinds = flat(itemsOf(definition, () => undefined)).map(({ type }) => type);
        return (
          <li key={key} className="flex">
            <button type="button" disabled={busy} onClick={() => onPick(key)} className={frame}>
              <span className="flex items-center gap-1" aria-hidden>
                <TriggerIcon type={definition.trigger.type} className="size-7" />
                {kinds.slice(0, SHOWN).map((kind, index) => (
                  <span key={index} className="contents">
                    <ChevronRight className="size-3 text-faint rtl:-scale-x-100" />
                    <StepIcon type={kind} className="size-7" />
                  </span>
                ))}
              </span>
              <span>
                <span className="block text-sm font-semibold">{t(`starter.${key}.name`)}</span>
                <span className="mt-0.5 block text-xs text-muted">{t(`starter.${key}.text`)}</span>
              </span>
            </button>
          </li>
        );
      })}
      <li className="flex">
        <button type="button" disabled={busy} onClick={() => onPick("blank")} className={cn(frame, "border-dashed border-line-control")}>
          <span className="inline-flex size-7 items-center justify-center rounded-sm border border-line text-muted" aria-hidden>
            <FilePlus2 className="size-4" />
          </span>
          <span>
            <span className="block text-sm font-semibold">{t("starter.blank.name")}</span>
            <span className="mt-0.5 block text-xs text-muted">{t("starter.blank.text")}</span>
          </span>
        </button>
      </li>
    </ul>
  );
}

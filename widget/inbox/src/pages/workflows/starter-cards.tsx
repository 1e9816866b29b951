import type { WorkflowTemplate } from "#shared/wire.ts";
import { cn } from "#ui/cn.ts";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import { ChevronRight, FilePlus2 } from "lucide-react";
import { StepIcon, TriggerIcon } from "./look.tsx";
import { flat, itemsOf, tidy } from "./model/definition.ts";
import { templatesQuery } from "./data.ts";
import { texts } from "./texts.ts";

const SHOWN = 5;
const BLANK = { trigger: { type: "custom", config: {} }, steps: [] };
const translated = ["welcome", "abandoned_cart", "order_confirmation", "shipping", "custom"] as const;

/** A template's words, in the reader's language where they are known. */
function wordsOf(t: typeof texts.t, { key, name, description }: WorkflowTemplate): { name: string; text: string } {
  const known = translated.find((each) => each === key);
  return known ? { name: t(`starter.${known}.name`), text: t(`starter.${known}.text`) } : { name, text: description };
}

/** What a workflow may begin as: a template, drawn by its steps, or nothing. */
export function StarterCards({ onPick, busy, className }: { onPick: (name: string, definition: object) => void; busy: boolean; className?: string }) {
  const t = texts.use();
  const { data, isPending } = useQuery(templatesQuery);
  if (isPending) return <SkeletonRows rows={3} avatar={false} />;
  const frame = "flex w-full flex-col gap-2.5 rounded-md border border-line bg-pane p-4 text-start transition-colors hover:border-accent-text hover:bg-sunken dark:bg-raised dark:hover:bg-hover";
  return (
    <ul className={cn("grid gap-3 sm:grid-cols-2 lg:grid-cols-3", className)}>
      {data?.map((template) => {
        const { name, text } = wordsOf(t, template);
        const definition = tidy(template.definition);
        const kinds = flat(itemsOf(definition, () => undefined)).map(({ type }) => type);
        return (
          <li key={template.key} className="flex">
            <button type="button" disabled={busy} onClick={() => onPick(name, template.definition)} className={frame}>
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
                <span className="block text-sm font-semibold">{name}</span>
                <span className="mt-0.5 block text-xs text-muted">{text}</span>
              </span>
            </button>
          </li>
        );
      })}
      <li className="flex">
        <button type="button" disabled={busy} onClick={() => onPick(t("new.name"), BLANK)} className={cn(frame, "border-dashed border-line-control")}>
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

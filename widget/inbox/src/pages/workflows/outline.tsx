import { CornerDownRight, Flag } from "lucide-react";
import type { KeyboardEvent } from "react";
import { AddStep } from "./add-step.tsx";
import type { Item, Path } from "./model/definition.ts";
import { ends } from "./model/definition.ts";
import type { Scene } from "./scene.ts";
import { StepCard } from "./step-card.tsx";
import { texts } from "./texts.ts";
import { useSummary } from "./use-summary.ts";

/** The same workflow as a list in lists: what a phone shows, and what is read aloud best. */
export function Outline({ scene, className }: { scene: Scene; className?: string }) {
  const t = texts.use();
  const { ofTrigger } = useSummary(scene.parts);
  /** Up and down walk all steps. */
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || !(event.target instanceof HTMLElement) || !event.target.dataset["step"]) return;
    const all = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-step]")];
    const next = all[all.indexOf(event.target) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <div role="group" aria-label={t("steps")} className={className} onKeyDown={onKeyDown}>
      <div className="mx-auto max-w-150 p-4">
        <StepCard data-step="trigger" isTrigger kind={scene.trigger.type} words={ofTrigger(scene.trigger)} isOpen={scene.open === "trigger"} problems={scene.problems?.get("trigger") ?? 0} onClick={() => scene.onOpen("trigger")} />
        <Steps scene={scene} items={scene.items} list={["steps"]} />
        <p className="flex items-center justify-center gap-1.5 pt-1 text-xs text-faint">
          <Flag className="size-3.5" aria-hidden />
          {t("end")}
        </p>
      </div>
    </div>
  );
}

function Steps({ scene, items, list }: { scene: Scene; items: readonly Item[]; list: Path }) {
  const t = texts.use();
  const { ofItem, wayName } = useSummary(scene.parts);
  const { edit } = scene;
  const add = (index: number) =>
    edit && (
      <span className="flex justify-center py-1.5">
        <AddStep steps={scene.parts.steps} label={index === 0 ? t("add.first") : t("add.after", { name: ofItem(items[index - 1]!).title })} onPick={(type) => edit.add(list, index, type)} />
      </span>
    );
  if (items.length === 0) return add(0) ?? <p className="py-2 text-center text-xs text-faint">{t("way.empty")}</p>;
  return (
    <ol className={edit ? "" : "flex flex-col gap-2 py-2"}>
      {items.map((item, index) => (
        <li key={item.id}>
          {index === 0 && add(0)}
          <StepCard
            data-step={item.id}
            kind={item.type}
            words={ofItem(item)}
            isOpen={scene.open === item.id}
            problems={scene.problems?.get(item.id) ?? 0}
            here={scene.heads?.get(item.id) ?? 0}
            counted={scene.counted}
            mark={scene.followed?.now === item.id ? "here" : scene.followed?.marks.get(item.id)}
            onClick={() => scene.onOpen(item.id)}
          />
          {item.ways.map((way) => (
            <div key={way.name} className="mt-2 border-s-2 border-line ps-4">
              <p className="text-xs font-semibold text-muted">{wayName(way.name)}</p>
              {way.jump === undefined ? (
                <Steps scene={scene} items={way.items} list={way.list} />
              ) : (
                <p className="flex items-center gap-1.5 py-2 text-xs text-muted">
                  <CornerDownRight className="size-3.5 rtl:-scale-x-100" aria-hidden />
                  {t("jump", { name: way.jump })}
                </p>
              )}
            </div>
          ))}
          {!ends(item) && add(index + 1)}
        </li>
      ))}
    </ol>
  );
}

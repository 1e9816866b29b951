import type { WorkflowParts, WorkflowView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Segmented } from "#ui/choice.tsx";
import { confirm } from "#ui/confirm.ts";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { Skeleton, SkeletonRows } from "#ui/skeleton.tsx";
import { isOneOf, load, save } from "#shared/storage.ts";
import { useQuery } from "@tanstack/react-query";
import { Braces, CircleAlert, List, Waypoints } from "lucide-react";
import { lazy, Suspense, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { app } from "../../i18n/app.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { later, whenIdle } from "../../later.tsx";
import { useSettled } from "../../use-settled.ts";
import { AddMenu } from "./add-step.tsx";
import { checkQuery, headsQuery } from "./data.ts";
import { defaults } from "./defaults.ts";
import { usePlace } from "./go.ts";
import { headsOf } from "./heads.ts";
import { duplicate, flat, insert, itemsOf, made, remove, set, stepAt, type Definition, type Item, type Path } from "./model/definition.ts";
import { Outline } from "./outline.tsx";
import type { Scene } from "./scene.ts";
import { texts } from "./texts.ts";
import type { Draft } from "./use-draft.ts";
import { usePhone } from "./use-phone.ts";
import { useSummary } from "./use-summary.ts";

const Canvas = lazy(() => import("./canvas.tsx"));
const JsonView = later(() => import("./json-view.tsx"));
const StartPanel = later(() => import("./start-panel.tsx"));
const StepPanel = later(() => import("./step-panel.tsx"));
const isView = isOneOf("canvas", "list");

interface BuildProps {
  workflow: WorkflowView;
  parts: WorkflowParts;
  draft: Draft;
}

/** Where a workflow is written: canvas or list, with a panel beside it for what is open. */
export function Build({ workflow, parts, draft }: BuildProps) {
  const t = texts.use();
  const shell = app.use();
  const isPhone = usePhone();
  const { step: open, go } = usePlace();
  const [chosen, setView] = useState<"canvas" | "list">(() => load("workflow-view", "canvas", (value): value is "canvas" | "list" => isView(value)));
  const [isJson, setJson] = useState(false);
  const view = isPhone ? "list" : chosen;
  const { definition } = draft.now;
  const { ofItem } = useSummary(parts);
  const items = useMemo(() => itemsOf(definition, (type) => parts.steps.find(({ name }) => name === type)?.branches), [definition, parts]);
  const all = useMemo(() => flat(items), [items]);
  const settled = useSettled(definition);
  const check = useQuery(checkQuery(settled));
  const problems = useMemo(() => check.data?.problems ?? [], [check.data]);
  const heads = useQuery({ ...headsQuery(workflow.id), enabled: workflow.version > 0 });
  const counted = useMemo(() => {
    const counts = new Map<string, number>();
    for (const { path } of problems) {
      const id = path.startsWith("$.steps") ? stepAt(items, path)?.id : "trigger";
      if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return counts;
  }, [problems, items]);

  const change = (by: (definition: Definition) => Definition, last?: string): void => draft.edit((before) => ({ ...before, definition: by(before.definition) }), last);
  const openStep = (id: string | undefined): void => void go({ step: id }, { replace: true });
  const add = (list: Path, index: number, type: string): void => {
    const step = made(definition, type, defaults[type] ?? {});
    change((before) => insert(before, list, index, step));
    setJson(false);
    openStep(String(step["id"]));
  };
  const takeOut = async (item: Item): Promise<void> => {
    const inside = flat(item.ways.flatMap((way) => way.items)).length;
    if (inside > 0 && !(await confirm({ title: t("remove.title", { name: ofItem(item).title }), text: t("remove.text", { count: inside }), action: t("step.remove"), danger: true }))) return;
    change((before) => remove(before, item.path));
    if (open === item.id) openStep(undefined);
  };
  const copy = (item: Item): void => {
    const [after, id] = duplicate(definition, item.path);
    change(() => after);
    openStep(id);
  };

  /** The panel was opened by Enter: the keyboard goes on in it. */
  const enters = useRef(false);
  const scene: Scene = {
    parts,
    trigger: definition.trigger,
    items,
    open: isJson ? null : (open ?? null),
    onOpen: (id, how) => {
      setJson(false);
      enters.current = how === "enter";
      openStep(id);
    },
    edit: { add, remove: (item) => void takeOut(item), duplicate: copy },
    problems: counted,
    heads: headsOf(heads.data),
  };
  const item = all.find(({ id }) => id === open);

  useEffect(() => {
    if (!enters.current || open === undefined) return;
    enters.current = false;
    requestAnimationFrame(() => document.querySelector<HTMLElement>("[data-panel] :is(input, textarea, select, [role=combobox])")?.focus());
  }, [open]);

  useEffect(() => whenIdle(StepPanel, AddMenu, StartPanel), []);

  const inside: ReactNode = isJson ? (
    <JsonView definition={definition} problems={problems} onChange={(next) => change(() => next, "json")} onClose={() => setJson(false)} />
  ) : open === "trigger" ? (
    <StartPanel watched={workflow.version > 0 && definition.trigger.type === "segment_entered" ? workflow.id : undefined} now={draft.now} parts={parts} problems={problems} onChange={(changes, key) => draft.edit((before) => ({ ...before, ...changes }), `start.${key}`)} onClose={() => openStep(undefined)} />
  ) : item ? (
    <StepPanel
      item={item}
      parts={parts}
      problems={problems.filter(({ path }) => stepAt(items, path)?.id === item.id)}
      onStep={(values, key) => change((before) => set(before, item.path, values), `${item.id}.${key}`)}
      onConfig={(values, whole) => change((before) => (whole ? set(before, item.path, { config: values }) : set(before, [...item.path, "config"], values)), `${item.id}.${Object.keys(values).join()}`)}
      onRemove={() => void takeOut(item)}
      onDuplicate={() => copy(item)}
      onClose={() => {
        openStep(undefined);
        document.querySelector<HTMLElement>(`[data-card="step:${CSS.escape(item.id)}"]`)?.focus({ preventScroll: true });
      }}
    />
  ) : null;
  const panel = inside && <Suspense fallback={<SkeletonRows rows={4} avatar={false} />}>{inside}</Suspense>;
  const close = (): void => (isJson ? setJson(false) : openStep(undefined));
  const [first] = problems;

  return (
    <div className="flex min-h-0 flex-1">
      <section aria-label={t("steps")} className="relative flex min-h-0 min-w-0 flex-1 flex-col">
        <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-2">
          {!isPhone && (
            <Segmented
              aria-label={t("view")}
              value={chosen}
              onChange={(next) => {
                save("workflow-view", next);
                setView(next);
              }}
              options={[
                { value: "canvas", label: t("view.canvas"), icon: <Waypoints aria-hidden /> },
                { value: "list", label: t("view.list"), icon: <List aria-hidden /> },
              ]}
            />
          )}
          <Button size="sm" variant="ghost" aria-pressed={isJson} onClick={() => setJson(!isJson)} className="aria-pressed:bg-pressed aria-pressed:text-ink">
            <Braces aria-hidden />
            {t("json")}
          </Button>
          <span className="ms-auto" aria-live="polite">
            {check.error && !check.data ? (
              <span className="text-xs text-muted">{problemText(check.error)}</span>
            ) : (
              first && (
                <Button size="sm" variant="ghost" className="text-danger hover:text-danger" onClick={() => scene.onOpen(first.path.startsWith("$.steps") ? (stepAt(items, first.path)?.id ?? "trigger") : "trigger")}>
                  <CircleAlert aria-hidden />
                  {t("problems.count", { count: problems.length })}
                </Button>
              )
            )}
          </span>
        </div>
        {view === "list" ? (
          <Outline scene={scene} className="min-h-0 flex-1 overflow-y-auto bg-sunken" />
        ) : (
          <div className="min-h-0 flex-1">
            <Suspense fallback={<Skeleton className="m-8 h-19 w-68" />}>
              <Canvas scene={scene} label={t("canvas")} />
            </Suspense>
          </div>
        )}
      </section>
      {panel &&
        (isPhone ? (
          <Dialog open onOpenChange={close}>
            <DialogContent title={isJson ? t("json") : t("steps")} className="h-[88dvh]" bare>
              {panel}
              <div className="border-t border-line p-3">
                <Button className="w-full" variant="primary" onClick={close}>
                  {shell("close")}
                </Button>
              </div>
            </DialogContent>
          </Dialog>
        ) : (
          <aside aria-label={t("panel")} className={isJson ? "w-[min(34rem,45%)] shrink-0 border-s border-line" : "w-92 shrink-0 border-s border-line"}>
            {panel}
          </aside>
        ))}
    </div>
  );
}

import { Button } from "#ui/button.tsx";
import { cn } from "#ui/cn.ts";
import { IconButton } from "#ui/icon-button.tsx";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "#ui/menu.tsx";
import { ChevronDown, CircleAlert, Copy, GripVertical, Lightbulb, Plus, Trash2 } from "lucide-react";
import { createElement, useRef } from "react";
import { plainLine } from "#ui/plain-line.ts";
import { texts } from "../texts.ts";
import { BlockFields, type BlocksProps } from "./block-fields.tsx";
import { useDrag } from "./drag.ts";
import { useEditing } from "./editing.ts";
import { copyOf, inserted, replaced, toItems, type Item, type Kind } from "./items.ts";
import { blank, icons, summary } from "./kinds.ts";

/** Blocks of a template in their order: opened, written, moved, doubled, taken out. */
export function Blocks({ items, onChange, path, label, kinds, accent, most }: BlocksProps) {
  const t = texts.use();
  const { open, toggle, say } = useEditing();
  const list = useRef<HTMLOListElement>(null);
  const { dragging, handle } = useDrag(
    items,
    () => [...(list.current?.children ?? [])] as HTMLElement[],
    (next, from, to) => {
      onChange(next);
      say(t("moved", { name: t(`kind.${items[from]!.block.type}`), place: to + 1, count: items.length }));
    },
  );

  const add = (kind: Kind): void => {
    const [item] = toItems([blank(kind)]);
    const opened = items.findLastIndex(({ id }) => open.has(id));
    const end = items.at(-1)?.block.type === "footer" && kind !== "footer" ? items.length - 1 : items.length;
    onChange(inserted(items, opened === -1 ? end : Math.min(opened + 1, kind === "footer" ? items.length : end), item!));
    if (kind !== "divider") toggle(item!.id);
  };
  const remove = (item: Item, place: number): void => {
    onChange(items.filter(({ id }) => id !== item.id));
    say(t("removed", { name: t(`kind.${item.block.type}`) }));
    // The focus goes on to what is there now.
    requestAnimationFrame(() => (list.current?.children[Math.min(place, items.length - 2)] ?? list.current?.nextElementSibling)?.querySelector<HTMLElement>("button[aria-expanded], button")?.focus());
  };

  return (
    <div className="flex flex-col gap-2">
      <ol ref={list} aria-label={label} className="flex flex-col gap-2 empty:hidden">
        {items.map((item, place) => (
          <Row
            key={item.id}
            item={item}
            path={`${path}[${place}]`}
            isOpen={open.has(item.id)}
            mark={dragging && dragging.to === place && dragging.from !== place ? (dragging.to > dragging.from ? "below" : "above") : undefined}
            isHeld={dragging?.from === place}
            handle={handle(place)}
            toggle={() => toggle(item.id)}
            change={(block, field) => onChange(replaced(items, { id: item.id, block }), field)}
            double={items.length < most ? () => onChange(inserted(items, place + 1, copyOf(item))) : undefined}
            remove={() => remove(item, place)}
            accent={accent}
          />
        ))}
      </ol>
      <div>
        <Menu>
          <MenuTrigger asChild>
            <Button disabled={items.length >= most} size={path === "blocks" ? "md" : "sm"}>
              <Plus aria-hidden />
              {t("add")}
            </Button>
          </MenuTrigger>
          <MenuContent>
            {kinds.map((kind) => (
              <MenuItem key={kind} icon={createElement(icons[kind], { "aria-hidden": true })} onSelect={() => add(kind)}>
                {t(`kind.${kind}`)}
              </MenuItem>
            ))}
          </MenuContent>
        </Menu>
      </div>
    </div>
  );
}

interface RowProps {
  item: Item;
  path: string;
  isOpen: boolean;
  isHeld: boolean;
  /** Where the block that is held would go. */
  mark: "above" | "below" | undefined;
  handle: object;
  toggle: () => void;
  change: (block: Item["block"], field?: string) => void;
  double: (() => void) | undefined;
  remove: () => void;
  accent: string;
}

function Row({ item, path, isOpen, isHeld, mark, handle, toggle, change, double, remove, accent }: RowProps) {
  const t = texts.use();
  const { faults, hints } = useEditing();
  const name = t(`kind.${item.block.type}`);
  const isWithin = (each: { path: string }): boolean => each.path.startsWith(`${path}.`);
  const isFaulty = faults.some(isWithin);
  return (
    <li
      className={cn(
        "relative rounded-md border border-line bg-pane",
        isHeld && "opacity-50",
        isFaulty && "border-danger",
        mark && "before:absolute before:inset-x-0 before:h-0.5 before:rounded-full before:bg-accent",
        mark === "above" && "before:-top-1.5",
        mark === "below" && "before:-bottom-1.5",
      )}
    >
      <div className="flex items-center gap-0.5 p-1">
        <IconButton label={t("move", { name })} size="sm" className="shrink-0 cursor-grab touch-none active:cursor-grabbing" {...handle}>
          <GripVertical aria-hidden />
        </IconButton>
        <button type="button" aria-expanded={isOpen} onClick={toggle} className="flex min-h-8 min-w-0 flex-1 items-center gap-2 rounded-sm px-1 text-start text-sm hover:bg-hover touch:min-h-10">
          {createElement(icons[item.block.type], { className: "size-4 shrink-0 text-faint", "aria-hidden": true })}
          <span className="shrink-0 font-medium">{name}</span>
          {!isOpen && (
            <bdi className="min-w-0 flex-1 truncate text-muted">{plainLine(summary(item).slice(0, 200))}</bdi>
          )}
          {isFaulty ? (
            <CircleAlert className="ms-auto size-4 shrink-0 text-danger" aria-label={t("faulty")} />
          ) : (
            hints.some(isWithin) && <Lightbulb className="ms-auto size-4 shrink-0 text-warning" aria-label={t("hinted")} />
          )}
          <ChevronDown className={cn("size-4 shrink-0 text-faint transition-transform", !isFaulty && !hints.some(isWithin) && "ms-auto", isOpen && "rotate-180")} aria-hidden />
        </button>
        <IconButton label={t("double", { name })} size="sm" disabled={!double} onClick={double}>
          <Copy aria-hidden />
        </IconButton>
        <IconButton label={t("remove", { name })} size="sm" onClick={remove}>
          <Trash2 aria-hidden />
        </IconButton>
      </div>
      {isOpen && (
        <div className="flex flex-col gap-4 border-t border-line p-3">
          <BlockFields block={item.block} path={path} change={change} accent={accent} List={Blocks} />
        </div>
      )}
    </li>
  );
}

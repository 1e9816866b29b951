import { Button } from "#ui/button.tsx";
import { cn } from "#ui/cn.ts";
import { IconButton } from "#ui/icon-button.tsx";
import { Select } from "#ui/select.tsx";
import { FolderPlus, ListFilter, Plus, Trash2, TriangleAlert } from "lucide-react";
import { useId, useRef } from "react";
import { texts } from "../texts.ts";
import { ClauseRow } from "./clause.tsx";
import { useBuilder } from "./context.ts";
import { fromTree, newClause, newGroup, newMember, toTree, type Group, type Node } from "./draft.ts";
import { GroupProvider, useGroup } from "./in-group.ts";
import { Mark } from "./mark.tsx";
import { MemberRow } from "./member.tsx";

const modes = ["all", "any", "none", "some-not"] as const;
type Mode = (typeof modes)[number];
const modeOf = ({ head, not }: Group): Mode => (not ? (head === "any" ? "none" : "some-not") : head);
const said: Record<Mode, Pick<Group, "head" | "not">> = { all: { head: "all", not: false }, any: { head: "any", not: false }, none: { head: "any", not: true }, "some-not": { head: "all", not: true } };

/** Parts of which all hold, any, none, or not all: a card, and cards within it. */
export function GroupCard({ group, isRoot = false, label }: { group: Group; isRoot?: boolean; label: string }) {
  const t = texts.use();
  const { problems, change, fields } = useBuilder();
  const outer = useGroup();
  const about = useId();
  const add = useRef<HTMLButtonElement>(null);
  const problem = problems.get(group.id);
  const setParts = (parts: readonly Node[]): void => change(group.id, (part) => ({ ...(part as Group), parts }));
  const duplicate = (node: Node): void => {
    const [copy] = fromTree({ all: [toTree(node, fields)] }).parts;
    if (copy) setParts(group.parts.flatMap((part) => (part.id === node.id ? [part, copy] : [part])));
  };
  const remove = (id: number): void => {
    change(id, () => undefined);
    setTimeout(() => add.current?.focus()); // after the menu that it was chosen in has let go of the focus
  };
  return (
    <section
      aria-label={label}
      {...(problem ? { "aria-describedby": about } : {})}
      className={cn("flex flex-col gap-2 rounded-md border p-3 max-sm:p-2", problem ? "border-danger" : "border-line", isRoot ? "bg-sunken" : "bg-canvas dark:bg-raised")}
    >
      <header className="flex items-center gap-2">
        <Mark id={group.id} />
        <Select aria-label={t("group.mode")} value={modeOf(group)} onChange={(mode) => change(group.id, (part) => ({ ...part, ...said[mode] }) as Group)} options={modes.map((mode) => ({ value: mode, label: t(`group.${mode}`) }))} className="w-auto min-w-44 font-medium" />
        {!isRoot && (
          <IconButton label={t("group.remove")} onClick={() => outer.remove(group.id)} className="ms-auto">
            <Trash2 aria-hidden />
          </IconButton>
        )}
      </header>
      {problem && (
        <p id={about} className="flex items-start gap-1 text-xs text-danger">
          <TriangleAlert className="mt-px size-3.5 shrink-0" aria-hidden />
          {problem}
        </p>
      )}
      {isRoot && group.parts.length === 0 && <p className="px-1 py-3 text-sm text-muted">{t("everybody.text")}</p>}
      <GroupProvider value={{ remove, duplicate }}>
        <ol className="flex flex-col gap-2">
          {group.parts.map((part, place) => (
            <li key={part.id} className="flex flex-col gap-2">
              {place > 0 && (
                <span aria-hidden className="ps-3 text-xs font-medium text-faint">
                  {t(group.head === "any" ? "or" : "and")}
                </span>
              )}
              {part.kind === "group" ? (
                <GroupCard group={part} label={t("group.name", { place: place + 1 })} />
              ) : part.kind === "clause" ? (
                <ClauseRow clause={part} label={t("condition.name", { place: place + 1 })} />
              ) : (
                <MemberRow member={part} label={t("condition.name", { place: place + 1 })} />
              )}
            </li>
          ))}
        </ol>
      </GroupProvider>
      <div className="flex flex-wrap gap-1">
        <Button ref={add} size="sm" variant="ghost" onClick={() => setParts([...group.parts, newClause()])}>
          <Plus aria-hidden />
          {t("add.condition")}
        </Button>
        <Button size="sm" variant="ghost" onClick={() => setParts([...group.parts, newMember()])}>
          <ListFilter aria-hidden />
          {t("add.member")}
        </Button>
        <Button size="sm" variant="ghost" onClick={() => setParts([...group.parts, newGroup("any", [newClause()])])}>
          <FolderPlus aria-hidden />
          {t("add.group")}
        </Button>
      </div>
    </section>
  );
}

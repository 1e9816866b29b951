import { cn } from "#ui/cn.ts";
import { IconButton } from "#ui/icon-button.tsx";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "#ui/menu.tsx";
import { Copy, Ellipsis, FolderPlus, Trash2, TriangleAlert, ToggleLeft } from "lucide-react";
import { useId, type ReactNode } from "react";
import { texts } from "../texts.ts";
import { useBuilder } from "./context.ts";
import { newGroup, type Clause, type Member } from "./draft.ts";
import { Mark } from "./mark.tsx";
import { useGroup } from "./in-group.ts";

interface RowProps {
  node: Clause | Member;
  label: string;
  /** Under it: what was found of the contact that is explained. */
  below?: ReactNode;
  children: ReactNode;
}

/** A part that holds no others: what it says, what can be done to it, what is wrong with it. */
export function Row({ node, label, below, children }: RowProps) {
  const t = texts.use();
  const { problems, change } = useBuilder();
  const { remove, duplicate } = useGroup();
  const about = useId();
  const problem = problems.get(node.id);
  return (
    <div role="group" aria-label={label} {...(problem ? { "aria-describedby": about } : {})} className={cn("flex items-start gap-2 rounded-sm border bg-pane p-2", problem ? "border-danger" : "border-line")}>
      <Mark id={node.id} />
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <div className="flex flex-wrap items-center gap-2">{children}</div>
        {below}
        {problem && (
          <p id={about} className="flex items-start gap-1 text-xs text-danger">
            <TriangleAlert className="mt-px size-3.5 shrink-0" aria-hidden />
            {problem}
          </p>
        )}
      </div>
      <Menu>
        <MenuTrigger asChild>
          <IconButton label={t("part.more", { name: label })}>
            <Ellipsis aria-hidden />
          </IconButton>
        </MenuTrigger>
        <MenuContent align="end">
          <MenuItem icon={<ToggleLeft aria-hidden />} onSelect={() => change(node.id, (part) => ({ ...part, not: !part.not }))}>
            {t(node.not ? "part.plain" : "part.opposite")}
          </MenuItem>
          <MenuItem icon={<FolderPlus aria-hidden />} onSelect={() => change(node.id, (part) => newGroup("any", [part]))}>
            {t("part.group")}
          </MenuItem>
          <MenuItem icon={<Copy aria-hidden />} onSelect={() => duplicate(node)}>
            {t("duplicate")}
          </MenuItem>
          <MenuItem icon={<Trash2 aria-hidden />} danger onSelect={() => remove(node.id)}>
            {t("part.remove")}
          </MenuItem>
        </MenuContent>
      </Menu>
    </div>
  );
}

import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Menu, MenuContent, MenuLabel, MenuRadio, MenuRadioGroup, MenuTrigger } from "#ui/menu.tsx";
import { ArrowUpDown, ChevronDown, PanelLeft, PenLine, X } from "lucide-react";
import { useState } from "react";
import { sorts, statuses, type Sort, type StatusFilter } from "../../../data/filters.ts";
import { useInboxes, useTeams } from "../../../data/people.ts";
import { app } from "../../../i18n/app.ts";
import { isWriting, useNewMail } from "../new-mail/writing.ts";
import { texts } from "../texts.ts";
import { useInbox } from "../use-inbox.ts";
import { Views } from "../views.tsx";

/** What the list shows, and how to show another. */
export function ListHeader() {
  const t = texts.use();
  const shell = app.use();
  const { search, filters, show } = useInbox();
  const [isOpen, setOpen] = useState(false);
  const mayWrite = useNewMail();
  const teams = useTeams();
  const inboxes = useInboxes();
  const title =
    search.team !== undefined ? (teams.find(({ id }) => id === search.team)?.name ?? t("team"))
    : search.inbox !== undefined ? (inboxes.find(({ id }) => id === search.inbox)?.name ?? t("inbox"))
    : t(`view.${filters.view}`);

  const without = (...names: (keyof typeof search)[]): typeof search =>
    Object.fromEntries(Object.entries(search).filter(([name]) => !names.includes(name as keyof typeof search)));

  return (
    <header className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-1 border-b border-line ps-4 pe-2">
      <IconButton label={t("views")} onClick={() => setOpen(true)} className="-ms-2 lg:hidden">
        <PanelLeft className="rtl:-scale-x-100" aria-hidden />
      </IconButton>
      <h2 className="min-w-0 flex-1 truncate text-sm font-semibold">{title}</h2>
      {mayWrite && (
        <IconButton label={t("letter")} shortcut="c" size="sm" data-new-mail="" onClick={() => isWriting.set(true)}>
          <PenLine aria-hidden />
        </IconButton>
      )}
      <Menu>
        <MenuTrigger asChild>
          <Button variant="ghost" size="sm" aria-label={t("status.menu", { status: t(`status.${filters.status}`) })}>
            {t(`status.${filters.status}`)}
            <ChevronDown className="size-3.5!" aria-hidden />
          </Button>
        </MenuTrigger>
        <MenuContent align="end">
          <MenuLabel>{t("status")}</MenuLabel>
          <MenuRadioGroup
            value={filters.status}
            onValueChange={(status) => show({ ...without("status"), ...(status === "active" ? {} : { status: status as StatusFilter }) })}
          >
            {statuses.map((status) => (
              <MenuRadio key={status} value={status}>
                {t(`status.${status}`)}
              </MenuRadio>
            ))}
          </MenuRadioGroup>
        </MenuContent>
      </Menu>
      <Menu>
        <MenuTrigger asChild>
          <IconButton label={t("sort.menu", { sort: t(`sort.${filters.sort}`) })} size="sm">
            <ArrowUpDown aria-hidden />
          </IconButton>
        </MenuTrigger>
        <MenuContent align="end">
          <MenuLabel>{t("sort")}</MenuLabel>
          <MenuRadioGroup value={filters.sort} onValueChange={(sort) => show({ ...without("sort"), ...(sort === "latest" ? {} : { sort: sort as Sort }) })}>
            {sorts.map((sort) => (
              <MenuRadio key={sort} value={sort}>
                {t(`sort.${sort}`)}
              </MenuRadio>
            ))}
          </MenuRadioGroup>
        </MenuContent>
      </Menu>
      {search.tag !== undefined && (
        <div className="mb-2 flex basis-full">
          <Badge tone="accent" className="gap-0.5 pe-0.5">
            <span className="truncate">{t("tag.filter", { tag: search.tag })}</span>
            <button type="button" aria-label={shell("clear")} onClick={() => show(without("tag"))} className="rounded-xs p-0.5 hover:bg-hover">
              <X aria-hidden />
            </button>
          </Badge>
        </div>
      )}
      <Dialog open={isOpen} onOpenChange={setOpen}>
        <DialogContent place="start" title={t("views")}>
          <div className="-mx-3">
            <Views onPick={() => setOpen(false)} />
          </div>
        </DialogContent>
      </Dialog>
    </header>
  );
}

import type { SegmentView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { confirm } from "#ui/confirm.ts";
import { IconButton } from "#ui/icon-button.tsx";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "#ui/menu.tsx";
import { toast } from "#ui/toast.tsx";
import { ArrowLeft, Copy, Ellipsis, Trash2, Users } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useNavigate } from "@tanstack/react-router";
import { api } from "../../api/client.ts";
import { isProblem } from "../../api/problem.ts";
import { forgetSegment, segmentQuery } from "../../data/segments.ts";
import { queries } from "../../data/queries.ts";
import { app } from "../../i18n/app.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { InUse, usesOf, type Uses } from "./in-use.tsx";
import { texts } from "./texts.ts";
import { useSegments } from "./use-segments.ts";

interface HeadProps {
  segment: SegmentView | undefined;
  isNew: boolean;
  isDirty: boolean;
  busy: boolean;
  save: () => void;
  /** Buttons before the one that keeps it. */
  children?: ReactNode;
}

/** The bar above an open segment or list: back, what it is called, and what can be done with it as a whole. */
export function Head({ segment, isNew, isDirty, busy, save, children }: HeadProps) {
  const t = texts.use();
  const shell = app.use();
  const navigate = useNavigate();
  const { search, go } = useSegments();
  const [uses, setUses] = useState<Uses>();
  const isList = segment?.kind === "static";
  const back = (): void => void go(search.lists || isList ? { lists: true } : {});

  const remove = async (): Promise<void> => {
    if (!segment || !(await confirm({ title: t("delete.title", { name: segment.name }), text: t(isList ? "delete.list" : "delete.text"), action: shell("delete"), danger: true }))) return;
    try {
      await api.delete("/api/segments/{segment_id}", { path: { segment_id: segment.id } });
      await go(isList ? { lists: true } : {}, { ignoreBlocker: true });
      queries.removeQueries(segmentQuery(segment.id));
      forgetSegment(segment.id);
      toast({ tone: "success", title: t("deleted"), key: "segment" });
    } catch (error) {
      const uses = usesOf(error);
      if (uses) setUses(uses);
      else toast({ tone: "error", title: t("delete.failed"), text: isProblem(error, "segment_in_use") ? t("in-use") : problemText(error), key: "segment", lasts_ms: 0 });
    }
  };

  return (
    <div className="flex min-h-12 shrink-0 items-center gap-2 border-b border-line ps-2 pe-2">
      <IconButton label={shell("back")} onClick={back}>
        <ArrowLeft className="rtl:-scale-x-100" aria-hidden />
      </IconButton>
      <span className="min-w-0 flex-1 truncate text-sm font-semibold">
        <bdi>{segment?.name ?? t("new")}</bdi>
        {isDirty && <span className="ms-2 text-xs font-normal text-faint">{t("unsaved")}</span>}
      </span>
      {children}
      {segment && (
        <Menu>
          <MenuTrigger asChild>
            <IconButton label={t("more")}>
              <Ellipsis aria-hidden />
            </IconButton>
          </MenuTrigger>
          <MenuContent align="end">
            <MenuItem icon={<Users aria-hidden />} onSelect={() => void navigate({ to: "/contacts", search: { segment: segment.id } })}>
              {t("show.contacts")}
            </MenuItem>
            {!isList && (
              <MenuItem icon={<Copy aria-hidden />} onSelect={() => void go({ segment: "new", copy: segment.id })}>
                {t("duplicate")}
              </MenuItem>
            )}
            <MenuItem icon={<Trash2 aria-hidden />} danger onSelect={() => void remove()}>
              {shell("delete")}
            </MenuItem>
          </MenuContent>
        </Menu>
      )}
      <Button variant="primary" onClick={save} busy={busy} disabled={!isDirty && !isNew}>
        {t(isNew ? "create" : "save")}
      </Button>
      {segment && uses && <InUse name={segment.name} uses={uses} close={() => setUses(undefined)} />}
    </div>
  );
}

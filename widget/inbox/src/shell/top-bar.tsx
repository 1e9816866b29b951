import { Button } from "#ui/button.tsx";
import { cn } from "#ui/cn.ts";
import { IconButton } from "#ui/icon-button.tsx";
import { Kbd } from "#ui/kbd.tsx";
import { Search } from "lucide-react";
import type { ReactNode } from "react";
import { app } from "../i18n/app.ts";
import { overlay } from "./overlays.ts";
import { You } from "./you.tsx";

const search = (): void => overlay.set("palette");

export function TopBar({ title, actions, compact = false }: { title?: string; actions?: ReactNode; compact?: boolean }) {
  const t = app.use();
  return (
    <header className={cn("flex h-12 shrink-0 items-center gap-3 border-b border-line ps-4 pe-2 max-md:h-14", compact && "max-md:hidden")}>
      <div className="min-w-0 flex-1">{title && <h1 className="truncate text-base font-semibold max-md:text-lg">{title}</h1>}</div>
      <Button
        onClick={search}
        aria-keyshortcuts="Control+K Meta+K"
        className="w-full max-w-80 justify-start border-line bg-sunken px-2.5 font-normal text-faint hover:border-line-strong max-md:hidden dark:bg-sunken"
      >
        <Search aria-hidden />
        <span className="flex-1 truncate text-start">{t("search.open")}</span>
        <Kbd keys="mod+k" className="touch:hidden" />
      </Button>
      <div className="flex min-w-0 flex-1 items-center justify-end gap-1.5">
        {actions}
        <IconButton label={t("search")} onClick={search} className="md:hidden">
          <Search className="size-5!" strokeWidth={1.75} aria-hidden />
        </IconButton>
        <span className="md:hidden">
          <You side="bottom" />
        </span>
      </div>
    </header>
  );
}

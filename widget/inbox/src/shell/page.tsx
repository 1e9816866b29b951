import { useEffect, type ReactNode } from "react";
import { app } from "../i18n/app.ts";
import { unread } from "../live/unread.ts";
import { useStore } from "../use-store.ts";
import { TopBar } from "./top-bar.tsx";

interface PageProps {
  title: string;
  /** Buttons at the end of the top bar. */
  actions?: ReactNode;
  /** On phones without the top bar: what is open has a bar of its own. */
  compact?: boolean;
  children: ReactNode;
}

/** What every page is drawn in: its heading, its name in the browser's tab, and a box that fills the rest. */
export function Page({ title, actions, compact = false, children }: PageProps) {
  const t = app.use();
  const count = useStore(unread);
  useEffect(() => {
    document.title = `${count > 0 ? `(${count}) ` : ""}${title} · ${t("product")}`;
  }, [title, count, t]);
  return (
    <>
      {compact && <h1 className="sr-only md:hidden">{title}</h1>}
      <TopBar title={title} actions={actions} compact={compact} />
      <div className="flex min-h-0 flex-1 flex-col">{children}</div>
    </>
  );
}

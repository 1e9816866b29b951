import type { SourceView } from "#shared/wire.ts";
import { Badge } from "#ui/badge.tsx";
import { cn } from "#ui/cn.ts";
import { confirm } from "#ui/confirm.ts";
import { IconButton } from "#ui/icon-button.tsx";
import { Progress } from "#ui/progress.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { ErrorState } from "#ui/states.tsx";
import { Ago } from "#ui/time.tsx";
import { toast } from "#ui/toast.tsx";
import { useQuery } from "@tanstack/react-query";
import { FileText, Globe, Pencil, RotateCw, Square, Trash2, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { problemText } from "../../i18n/problem-text.ts";
import { AddSource } from "./add-source.tsx";
import { BackToList } from "./back.tsx";
import { readAgain, removeSource, sourcesQuery, stopReading } from "./data.ts";
import { EditSource } from "./edit-source.tsx";
import { texts } from "./texts.ts";

const troubles = ["type", "empty", "too_large", "too_long", "charset", "not_text", "encrypted", "scanned", "damaged", "too_slow", "robots", "unreachable", "sitemap", "sitemap_away", "sitemap_gone", "nothing"] as const;

/** Files and websites that the AI agent answers from, and how far they are read. */
export function Sources({ mayWrite }: { mayWrite: boolean }) {
  const t = texts.use();
  const { data, error, isFetching, refetch } = useQuery(sourcesQuery);
  return (
    <>
      <div className="flex min-h-12 shrink-0 items-center gap-2 border-b border-line px-4 max-md:ps-1">
        <BackToList />
        <h2 className="text-sm font-semibold">{t("sources")}</h2>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-200 flex-col gap-6 px-6 py-6 max-md:px-4">
          {mayWrite && <AddSource />}
          {data ? (
            <List items={data} mayWrite={mayWrite} />
          ) : error ? (
            <ErrorState title={t("sources.error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} />
          ) : (
            <SkeletonRows avatar={false} />
          )}
        </div>
      </div>
    </>
  );
}

function List({ items, mayWrite }: { items: readonly SourceView[]; mayWrite: boolean }) {
  const t = texts.use();
  if (items.length === 0) {
    return (
      <div className="py-6 text-center">
        <h3 className="font-semibold">{t("sources.empty.title")}</h3>
        <p className="mx-auto mt-1 max-w-sm text-sm text-balance text-muted">{t(mayWrite ? "sources.empty.text" : "sources.empty.text.agent")}</p>
      </div>
    );
  }
  return (
    <ul aria-label={t("sources")} className="rounded-md border border-line">
      {items.map((item) => (
        <Row key={item.id} item={item} mayWrite={mayWrite} />
      ))}
    </ul>
  );
}

function Row({ item, mayWrite }: { item: SourceView; mayWrite: boolean }) {
  const t = texts.use();
  const [isEditing, setEditing] = useState(false);
  const isReading = item.status === "waiting" || item.status === "reading";
  const Icon = item.kind === "website" ? Globe : FileText;

  const run = async (work: (id: number) => Promise<unknown>): Promise<void> => {
    try {
      await work(item.id);
    } catch (error) {
      toast({ tone: "error", title: t("sources.failed"), text: problemText(error), key: "source" });
    }
  };
  const remove = async (): Promise<void> => {
    if (await confirm({ title: t("sources.remove.title", { name: item.name }), text: t("sources.remove.text"), action: t("sources.remove"), danger: true })) await run(removeSource);
  };

  return (
    <li className="flex flex-col gap-2 border-b border-line px-4 py-3 last:border-b-0">
      <div className="flex items-center gap-2">
        <Icon className="size-4 shrink-0 text-faint" aria-hidden />
        <span dir="auto" className="min-w-0 flex-1 truncate text-sm font-medium" title={item.name}>
          {item.name}
        </span>
        <Badge>{t(`audience.${item.audience}`)}</Badge>
        {mayWrite && (
          <span className="flex shrink-0">
            {isReading ? (
              <IconButton label={t("sources.stop", { name: item.name })} onClick={() => void run(stopReading)}>
                <Square aria-hidden />
              </IconButton>
            ) : (
              <IconButton label={t("sources.again", { name: item.name })} onClick={() => void run(readAgain)}>
                <RotateCw aria-hidden />
              </IconButton>
            )}
            <IconButton label={t("sources.edit", { name: item.name })} onClick={() => setEditing(true)}>
              <Pencil aria-hidden />
            </IconButton>
            <IconButton label={t("sources.remove.one", { name: item.name })} onClick={() => void remove()}>
              <Trash2 aria-hidden />
            </IconButton>
          </span>
        )}
      </div>
      {isReading ? <Reading item={item} /> : <Outcome item={item} />}
      {isEditing && <EditSource item={item} close={() => setEditing(false)} />}
    </li>
  );
}

function Reading({ item }: { item: SourceView }) {
  const t = texts.use();
  const isCounted = item.kind === "website" && item.found > 0;
  return (
    <div className="flex flex-col gap-1">
      <Progress value={isCounted ? item.done / item.found : undefined} label={t("sources.reading.name", { name: item.name })} />
      <p className="flex gap-2 text-xs text-muted">
        <span className="shrink-0">{isCounted ? t("sources.progress", { done: item.done, found: item.found }) : t("sources.reading")}</span>
        {item.kind === "website" && (
          <span dir="ltr" className="min-w-0 truncate">
            {item.current}
          </span>
        )}
      </p>
    </div>
  );
}

function Outcome({ item }: { item: SourceView }) {
  const t = texts.use();
  const trouble = troubles.find((each) => each === item.trouble) ?? "other";
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted">
      {(item.status === "failed" || item.trouble !== "") && (
        <p className={cn("flex items-center gap-1", item.status === "failed" ? "text-danger" : "text-warning")}>
          <TriangleAlert className="size-3.5 shrink-0" aria-hidden />
          {t(`trouble.${trouble}`)}
        </p>
      )}
      {item.status === "stopped" && <span>{t("sources.stopped")}</span>}
      <span>{t("sources.documents", { count: item.documents })}</span>
      {item.category && <span dir="auto">{item.category}</span>}
      {item.failed > 0 && <span>{t("sources.unread", { count: item.failed })}</span>}
      {item.skipped > 0 && <span>{t("sources.skipped", { count: item.skipped })}</span>}
      {item.finished_at && <Ago at={item.finished_at} />}
    </div>
  );
}

import type { TemplateVersionSummary, TemplateView } from "#shared/wire.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { cn } from "#ui/cn.ts";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { SandboxedPage } from "#ui/sandboxed-page.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { ErrorState } from "#ui/states.tsx";
import { Ago } from "#ui/time.tsx";
import { toast } from "#ui/toast.tsx";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { isProblem } from "../../../api/problem.ts";
import { queries } from "../../../data/queries.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { previewQuery, restoreTemplate, templateQuery, templateVersionQuery, templateVersionsQuery } from "../data.ts";
import { useFramed } from "../frame.ts";
import { texts } from "../texts.ts";

interface VersionsProps {
  template: TemplateView;
  /** Why nothing can be restored now. */
  blocked: string | undefined;
  close: () => void;
  restored: (template: TemplateView) => void;
}

/** What was saved when and by whom, as it looked; with a way back to any of it. */
export default function Versions({ template, blocked, close, restored }: VersionsProps) {
  const t = texts.use();
  const { data, error, isFetching, refetch } = useQuery(templateVersionsQuery(template.id));
  const [chosen, setChosen] = useState<number>();
  const [busy, setBusy] = useState(false);
  const shown = data?.find(({ version }) => version === chosen) ?? data?.[0];
  const isCurrent = shown === undefined || shown.version === data?.[0]?.version;

  const restore = async (): Promise<void> => {
    if (!shown || busy) return;
    setBusy(true);
    try {
      restored(await restoreTemplate(template.id, shown.version, template.version));
      toast({ tone: "success", title: t("versions.done", { version: String(shown.version) }), key: "template" });
      close();
    } catch (problem) {
      const isBehind = isProblem(problem, "newer_version");
      toast({ tone: "error", title: isBehind ? t("conflict.title") : t("failed"), text: isBehind ? t("versions.behind") : problemText(problem), key: "template" });
      if (isBehind) await Promise.all([refetch(), queries.refetchQueries(templateQuery(template.id))]);
      setBusy(false);
    }
  };

  return (
    <Dialog open onOpenChange={(open) => !open && close()}>
      <DialogContent
        size="lg"
        title={t("versions")}
        text={t("versions.text")}
        footer={
          !isCurrent && (
            <>
              <p className="min-w-48 flex-1 self-center text-xs text-muted">{blocked ?? t("versions.restore.hint")}</p>
              <Button variant="primary" busy={busy} disabled={blocked !== undefined} onClick={() => void restore()}>
                {t("versions.restore", { version: String(shown.version) })}
              </Button>
            </>
          )
        }
      >
        {data && shown ? (
          <div className="flex gap-4 max-sm:flex-col">
            <List items={data} shown={shown.version} choose={setChosen} />
            <Version id={template.id} version={shown.version} />
          </div>
        ) : error ? (
          <ErrorState title={t("versions.error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} />
        ) : (
          <SkeletonRows avatar={false} rows={4} />
        )}
      </DialogContent>
    </Dialog>
  );
}

function List({ items, shown, choose }: { items: readonly TemplateVersionSummary[]; shown: number; choose: (version: number) => void }) {
  const t = texts.use();
  return (
    <ol aria-label={t("versions.list")} className="flex max-h-[50dvh] w-56 shrink-0 flex-col overflow-y-auto rounded-md border border-line max-sm:max-h-44 max-sm:w-full">
      {items.map((item, place) => (
        <li key={item.version} className="border-b border-line last:border-b-0">
          <button
            type="button"
            aria-pressed={item.version === shown}
            onClick={() => choose(item.version)}
            className={cn("flex w-full flex-col gap-0.5 px-3 py-2 text-start text-xs hover:bg-hover focus-visible:-outline-offset-2", item.version === shown && "bg-accent-soft hover:bg-accent-soft")}
          >
            <span className="flex w-full items-center gap-2">
              <span className="text-sm font-medium">{t("version", { version: String(item.version) })}</span>
              {place === 0 && <Badge tone="success">{t("versions.current")}</Badge>}
              <Ago at={item.created_at} className="ms-auto text-muted" />
            </span>
            <bdi className="max-w-full truncate text-muted">{item.author || t("versions.unknown")}</bdi>
            {item.restored !== null && <span className="text-muted">{t("versions.restored", { version: String(item.restored) })}</span>}
          </button>
        </li>
      ))}
    </ol>
  );
}

function Version({ id, version }: { id: number; version: number }) {
  const t = texts.use();
  const stored = useQuery(templateVersionQuery(id, version));
  const content = stored.data && { subject: stored.data.subject, preheader: stored.data.preheader, language: stored.data.language, style: stored.data.style, blocks: stored.data.blocks };
  const drawn = useQuery({ ...previewQuery(content ?? { subject: "", preheader: "", language: "" }, undefined), enabled: content !== undefined });
  const page = useFramed(drawn.data?.html ?? "");
  const error = stored.error ?? drawn.error;
  if (error) return <ErrorState title={t("versions.error")} text={problemText(error)} />;
  if (!stored.data || !drawn.data || drawn.isPlaceholderData) return <SkeletonRows avatar={false} rows={3} className="flex-1" />;
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-2">
      <p className="truncate text-sm">
        <bdi className="font-medium">{drawn.data.subject || t("subject.none")}</bdi>
      </p>
      <SandboxedPage key={version} title={t("version", { version: String(version) })} page={page} className="h-[42dvh] w-full rounded-sm border border-line" />
    </div>
  );
}

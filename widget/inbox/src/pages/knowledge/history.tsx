import type { ArticleView, VersionSummary, VersionView } from "#shared/wire.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { cn } from "#ui/cn.ts";
import { Difference } from "#ui/compared/difference.tsx";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Select } from "#ui/select.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { ErrorState } from "#ui/states.tsx";
import { Ago } from "#ui/time.tsx";
import { toast } from "#ui/toast.tsx";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { isProblem } from "../../api/problem.ts";
import { queries } from "../../data/queries.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { articleQuery, restoreVersion, versionQuery, versionsQuery } from "./data.ts";
import { texts } from "./texts.ts";

const NOTHING = "nothing";
const facts = ["title", "category", "kind", "audience", "language", "status"] as const;
const changes = ["body", ...facts] as const;
type Fact = (typeof facts)[number];

interface HistoryProps {
  article: ArticleView;
  /** Why nothing can be restored now. */
  blocked: string | undefined;
  close: () => void;
  restored: (article: ArticleView) => void;
}

/** What was saved when and by whom, compared with each other; with a way back to any of it. */
export default function History({ article, blocked, close, restored }: HistoryProps) {
  const t = texts.use();
  const { data, error, isFetching, refetch } = useQuery(versionsQuery(article.id));
  const [chosen, setChosen] = useState<number>();
  const [busy, setBusy] = useState(false);
  const shown = data?.find(({ version }) => version === chosen) ?? data?.[0];
  const isCurrent = shown === undefined || shown.version === data?.[0]?.version;

  const restore = async (): Promise<void> => {
    if (!shown || busy) return;
    setBusy(true);
    try {
      restored(await restoreVersion(article.id, shown.version, article.version));
      toast({ tone: "success", title: t("history.done", { version: shown.version }), key: "article" });
      close();
    } catch (problem) {
      const isBehind = isProblem(problem, "newer_version");
      toast({ tone: "error", title: isBehind ? t("history.behind") : t("failed"), text: isBehind ? t("history.behind.text") : problemText(problem), key: "article" });
      if (isBehind) await Promise.all([refetch(), queries.refetchQueries(articleQuery(article.id))]);
      setBusy(false);
    }
  };

  return (
    <Dialog open onOpenChange={(open) => !open && close()}>
      <DialogContent
        size="lg"
        title={t("history")}
        text={t("history.text")}
        footer={
          !isCurrent && (
            <>
              <p className="min-w-48 flex-1 self-center text-xs text-muted">{blocked ?? t("history.restore.hint")}</p>
              <Button variant="primary" busy={busy} disabled={blocked !== undefined} onClick={() => void restore()}>
                {t("history.restore", { version: shown.version })}
              </Button>
            </>
          )
        }
      >
        {data && shown ? (
          <div className="flex flex-wrap gap-4">
            <Versions items={data} shown={shown.version} choose={setChosen} />
            <Comparison key={shown.version} id={article.id} items={data} shown={shown.version} />
          </div>
        ) : data ? (
          <p className="text-sm text-muted">{t("history.empty")}</p>
        ) : error ? (
          <ErrorState title={t("history.error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} />
        ) : (
          <SkeletonRows avatar={false} />
        )}
      </DialogContent>
    </Dialog>
  );
}

function Versions({ items, shown, choose }: { items: readonly VersionSummary[]; shown: number; choose: (version: number) => void }) {
  const t = texts.use();
  return (
    <ol aria-label={t("history.versions")} className="flex max-h-[40dvh] w-56 flex-col overflow-y-auto rounded-md border max-sm:w-full border-line">
      {items.map((item, index) => (
        <li key={item.version} className="border-b border-line last:border-b-0">
          <button
            type="button"
            aria-pressed={item.version === shown}
            onClick={() => choose(item.version)}
            className={cn("flex w-full flex-col gap-0.5 px-3 py-2 text-start text-xs hover:bg-hover focus-visible:-outline-offset-2", item.version === shown && "bg-accent-soft hover:bg-accent-soft")}
          >
            <span className="flex items-center gap-2">
              <span className="text-sm font-medium">{t("version", { version: item.version })}</span>
              {index === 0 && <Badge tone="success">{t("history.current")}</Badge>}
              <Ago at={item.created_at} className="ms-auto text-muted" />
            </span>
            <span dir="auto" className="truncate text-muted">
              {item.author || t("history.unknown")}
            </span>
            <span className="text-muted">{whatChanged(item)}</span>
          </button>
        </li>
      ))}
    </ol>
  );

  function whatChanged({ version, changed, restored }: VersionSummary): string {
    if (restored !== null && restored !== undefined) return t("history.restored", { version: restored });
    if (version === 1) return t("history.written");
    return changes.filter((name) => changed.includes(name)).map((name) => t(`field.${name}`)).join(" · ");
  }
}

function Comparison({ id, items, shown }: { id: number; items: readonly VersionSummary[]; shown: number }) {
  const t = texts.use();
  const others = items.filter(({ version }) => version !== shown);
  const [with_, setWith] = useState(String(others.find(({ version }) => version < shown)?.version ?? NOTHING));
  const other = with_ === NOTHING ? undefined : Number(with_);
  const one = useQuery(versionQuery(id, shown));
  const two = useQuery({ ...versionQuery(id, other ?? shown), enabled: other !== undefined });
  const error = one.error ?? two.error;
  return (
    <div className="flex min-w-60 flex-1 flex-col gap-3">
      <Field label={t("history.compare", { version: shown })}>
        {(ids) => (
          <Select
            {...ids}
            value={with_}
            onChange={setWith}
            options={[{ value: NOTHING, label: t("history.nothing") }, ...others.map(({ version }) => ({ value: String(version), label: t("version", { version }) }))]}
          />
        )}
      </Field>
      {error ? (
        <ErrorState title={t("history.error")} text={problemText(error)} />
      ) : one.data && (other === undefined || two.data) ? (
        <Compared {...inOrder(one.data, other === undefined ? undefined : two.data)} />
      ) : (
        <SkeletonRows avatar={false} />
      )}
    </div>
  );
}

/** The older of two is what the newer came of. */
function inOrder(one: VersionView, two: VersionView | undefined): { before: VersionView | undefined; after: VersionView } {
  return two && two.version > one.version ? { before: one, after: two } : { before: two, after: one };
}

function Compared({ before, after }: { before: VersionView | undefined; after: VersionView }) {
  const t = texts.use();
  const word = (name: Fact, of: VersionView): string => {
    if (name === "kind") return t(`kind.${of.kind}`);
    if (name === "audience") return t(`audience.${of.audience}`);
    return name === "status" ? t(`status.${of.status}`) : of[name];
  };
  const differing = facts.filter((name) => !before || before[name] !== after[name]);
  return (
    <>
      {differing.length > 0 && (
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
          {differing.map((name) => (
            <div key={name} className="contents">
              <dt className="text-muted">{t(`field.${name}`)}</dt>
              <dd dir="auto" className="wrap-anywhere">
                {before && <Words text={word(name, before)} isGone />} <Words text={word(name, after)} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {(before?.body !== after.body || differing.length === 0) && <Difference before={before?.body ?? ""} after={after.body} />}
    </>
  );
}

function Words({ text, isGone = false }: { text: string; isGone?: boolean }) {
  const t = texts.use();
  if (isGone) return text ? <del className="text-muted">{text}</del> : null;
  return text ? <span>{text}</span> : <span className="text-faint">{t("history.none")}</span>;
}

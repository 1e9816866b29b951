import type { ArticleInput, ArticleView } from "#shared/wire.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Segmented } from "#ui/choice.tsx";
import { confirm } from "#ui/confirm.ts";
import { Field, Input, Textarea } from "#ui/field.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Markdown } from "#ui/markdown.tsx";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "#ui/menu.tsx";
import { Select } from "#ui/select.tsx";
import { toast } from "#ui/toast.tsx";
import { useBlocker } from "@tanstack/react-router";
import { Ellipsis, Eye, History as HistoryIcon, Pencil, Trash2, TriangleAlert, Undo2 } from "lucide-react";
import { Suspense, useState } from "react";
import { useActions } from "../../actions/registry.ts";
import { isProblem } from "../../api/problem.ts";
import { queries } from "../../data/queries.ts";
import { app } from "../../i18n/app.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { later } from "../../later.tsx";
import { BackToList } from "./back.tsx";
import { CategoryInput } from "./category-input.tsx";
import { articleQuery, createArticle, deleteArticle, publish, updateArticle, withdraw } from "./data.ts";
import { isLanguage } from "./language.ts";
import { texts } from "./texts.ts";
import { useKnowledge } from "./use-knowledge.ts";

const History = later(() => import("./history.tsx"));
const Questions = later(() => import("./questions.tsx"));

type Fields = Required<ArticleInput>;
const blank: Fields = { title: "", body: "", category: "", kind: "article", audience: "internal", language: "" };
const fieldsOf = ({ title, body, category, kind, audience, language = "" }: ArticleView): Fields => ({
  title,
  body,
  category,
  kind: kind === "snippet" ? kind : "article",
  audience,
  language,
});
const same = (a: Fields, b: Fields): boolean => (Object.keys(a) as (keyof Fields)[]).every((name) => a[name] === b[name]);

/** Writes a new article, or changes `article`; what others save meanwhile is shown, never overwritten unasked. */
export function Editor({ article }: { article?: ArticleView }) {
  const t = texts.use();
  const shell = app.use();
  const { go } = useKnowledge();
  // What the fields were filled from.
  const [base, setBase] = useState(article);
  const [fields, setFields] = useState<Fields>(article ? fieldsOf(article) : blank);
  const [view, setView] = useState<"write" | "preview">("write");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [isHistory, setHistory] = useState(false);

  const isDirty = !same(fields, base ? fieldsOf(base) : blank);
  const isBehind = article !== undefined && base !== undefined && article.version > base.version;
  // Nothing was changed here: the newer version simply comes in.
  if (isBehind && !isDirty) {
    setBase(article);
    setFields(fieldsOf(article));
  }
  // A category that was renamed for all makes no new version.
  if (article !== undefined && base !== undefined && article.version === base.version && article.category !== base.category) {
    setBase(article);
    if (fields.category === base.category) setFields({ ...fields, category: article.category });
  }
  const set = (changes: Partial<Fields>): void => setFields({ ...fields, ...changes });

  const take = (saved: ArticleView): void => {
    setBase(saved);
    setFields(fieldsOf(saved));
  };

  useBlocker({
    shouldBlockFn: async ({ next, current }) => {
      const isLeaving = next.pathname !== current.pathname || (next.search as { article?: unknown }).article !== (current.search as { article?: unknown }).article;
      return isDirty && !busy && isLeaving && !(await confirm({ title: t("leave.title"), text: t("leave.text"), action: t("leave.action"), danger: true }));
    },
    enableBeforeUnload: isDirty,
  });

  /** Runs one request; a newer version of somebody else's is fetched, so that the warning above the fields can show. */
  const run = async (work: () => Promise<void>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    try {
      await work();
    } catch (error) {
      if (isProblem(error, "newer_version") && base) await queries.refetchQueries(articleQuery(base.id));
      else toast({ tone: "error", title: t("failed"), text: problemText(error), key: "article" });
    } finally {
      setBusy(false);
    }
  };

  const save = (version = base?.version): Promise<void> => {
    setTried(true);
    if (!fields.title.trim() || !isLanguage(fields.language)) return Promise.resolve();
    return run(async () => {
      const changed = { ...fields, title: fields.title.trim(), category: fields.category.trim() };
      if (base && version !== undefined) {
        take(await updateArticle(base.id, { ...changed, version }));
        toast({ tone: "success", title: shell("saved"), key: "article" });
      } else {
        const created = await createArticle(changed);
        setFields(blank);
        toast({ tone: "success", title: t("created"), text: t("created.text"), key: "article" });
        await go({ article: created.id }, { ignoreBlocker: true });
      }
    });
  };

  const turn = (): Promise<void> =>
    run(async () => {
      if (!base) return;
      const isPublic = base.status === "published";
      take(await (isPublic ? withdraw : publish)(base.id));
      toast({ tone: "success", title: t(isPublic ? "withdrawn" : base.audience === "internal" ? "published.internal" : "published"), key: "article" });
    });

  const remove = async (): Promise<void> => {
    if (!base || !(await confirm({ title: t("delete.title", { title: base.title }), text: t("delete.text"), action: shell("delete"), danger: true }))) return;
    await run(async () => {
      await deleteArticle(base.id);
      await go({ article: undefined }, { ignoreBlocker: true });
    });
  };

  useActions(
    () => [
      { name: "article.save", label: () => texts.t("save"), group: "app", icon: Pencil, shortcut: "mod+s", perform: () => save() },
      ...(base ? [{ name: "article.history", label: () => texts.t("history"), group: "app" as const, icon: HistoryIcon, perform: () => setHistory(true) }] : []),
    ],
    [fields, base, busy],
  );

  return (
    <>
      <div className="flex min-h-12 shrink-0 items-center gap-2 border-b border-line ps-4 pe-2 max-md:ps-1">
        <BackToList />
        {base && <Badge tone={base.status === "published" ? "success" : "warning"}>{t(`status.${base.status}`)}</Badge>}
        {isDirty ? (
          <span className="truncate text-xs text-faint">{t("unsaved")}</span>
        ) : (
          base && (
            <button
              type="button"
              aria-label={t("history.open", { version: base.version })}
              onClick={() => setHistory(true)}
              className="min-h-7 truncate rounded-xs px-1 text-xs text-faint hover:text-ink hover:underline"
            >
              {t("version", { version: base.version })}
            </button>
          )
        )}
        <div className="ms-auto flex items-center gap-1.5">
          {base && (
            <Button onClick={() => void turn()} busy={busy} disabled={isDirty} title={isDirty ? t("publish.first") : undefined}>
              {t(base.status === "published" ? "withdraw" : "publish")}
            </Button>
          )}
          <Button variant="primary" onClick={() => void save()} busy={busy} disabled={!isDirty}>
            {t(base ? "save" : "create")}
          </Button>
          {base && (
            <Menu>
              <MenuTrigger asChild>
                <IconButton label={t("more")}>
                  <Ellipsis aria-hidden />
                </IconButton>
              </MenuTrigger>
              <MenuContent align="end">
                <MenuItem icon={<HistoryIcon aria-hidden />} onSelect={() => setHistory(true)}>
                  {t("history")}
                </MenuItem>
                <MenuItem icon={<Undo2 aria-hidden />} disabled={!isDirty} onSelect={() => setFields(fieldsOf(base))}>
                  {t("revert")}
                </MenuItem>
                <MenuItem icon={<Trash2 aria-hidden />} danger onSelect={() => void remove()}>
                  {shell("delete")}
                </MenuItem>
              </MenuContent>
            </Menu>
          )}
        </div>
      </div>
      {isHistory && base && (
        <Suspense>
          <History article={base} blocked={isDirty ? t("publish.first") : undefined} close={() => setHistory(false)} restored={take} />
        </Suspense>
      )}
      {isBehind && isDirty && <Conflict busy={busy} keepMine={() => void save(article.version)} takeTheirs={() => take(article)} />}
      <div className="min-h-0 flex-1 overflow-y-auto">
        <form
          className="mx-auto flex min-h-full max-w-200 flex-col gap-4 px-6 py-6 max-md:px-4"
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <Field label={t("field.title")} error={tried && !fields.title.trim() ? t("field.title.required") : undefined}>
            {(ids) => <Input {...ids} value={fields.title} maxLength={200} onChange={(event) => set({ title: event.target.value })} className="h-10 text-lg font-medium" />}
          </Field>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t("audience")} hint={t(`audience.${fields.audience}.hint`)}>
              {(ids) => (
                <Select
                  {...ids}
                  value={fields.audience}
                  onChange={(audience) => set({ audience })}
                  options={[
                    { value: "public", label: t("audience.public") },
                    { value: "internal", label: t("audience.internal") },
                  ]}
                />
              )}
            </Field>
            <Field label={t("kind")} hint={t(fields.audience === "internal" ? "kind.internal.hint" : `kind.${fields.kind}.hint`)}>
              {(ids) => (
                <Select
                  {...ids}
                  value={fields.kind}
                  onChange={(kind) => set({ kind })}
                  options={[
                    { value: "article", label: t("kind.article") },
                    { value: "snippet", label: t("kind.snippet") },
                  ]}
                />
              )}
            </Field>
            <Field label={t("category")} hint={t("category.hint")}>
              {(ids) => <CategoryInput {...ids} value={fields.category} onChange={(category) => set({ category })} />}
            </Field>
            <Field label={t("language")} hint={t("language.hint")} error={isLanguage(fields.language) ? undefined : t("language.invalid")}>
              {(ids) => <Input {...ids} value={fields.language} maxLength={3} onChange={(event) => set({ language: event.target.value.trim().toLowerCase() })} />}
            </Field>
          </div>
          <div className="flex flex-1 flex-col gap-1.5">
            <div className="flex items-end justify-between gap-2">
              <label htmlFor="article-body" className="text-sm font-medium">
                {t("field.body")}
              </label>
              <Segmented
                aria-label={t("view")}
                value={view}
                onChange={setView}
                options={[
                  { value: "write", label: t("view.write"), icon: <Pencil aria-hidden /> },
                  { value: "preview", label: t("view.preview"), icon: <Eye aria-hidden /> },
                ]}
              />
            </div>
            {view === "write" ? (
              <Textarea
                id="article-body"
                value={fields.body}
                maxLength={100_000}
                onChange={(event) => set({ body: event.target.value })}
                placeholder={t("field.body.placeholder")}
                className="max-h-none min-h-80 flex-1 py-2.5 font-mono text-sm leading-6"
              />
            ) : (
              <div id="article-body" className="min-h-80 flex-1 rounded-sm border border-line px-4 py-3">
                {fields.body.trim() ? <Markdown text={fields.body} className="gap-3" /> : <p className="text-faint">{t("view.empty")}</p>}
              </div>
            )}
          </div>
        </form>
        {base && (
          <div className="mx-auto max-w-200 px-6 pb-6 max-md:px-4">
            <Suspense>
              <Questions article={base} mayWrite />
            </Suspense>
          </div>
        )}
      </div>
    </>
  );
}

function Conflict({ busy, keepMine, takeTheirs }: { busy: boolean; keepMine: () => void; takeTheirs: () => void }) {
  const t = texts.use();
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-warning-soft px-4 py-2 text-sm">
      <TriangleAlert className="size-4 shrink-0 text-warning" aria-hidden />
      <p className="min-w-60 flex-1">
        <span className="font-medium text-warning">{t("conflict.title")}</span> {t("conflict.text")}
      </p>
      <Button size="sm" onClick={takeTheirs} disabled={busy}>
        {t("conflict.theirs")}
      </Button>
      <Button size="sm" variant="primary" onClick={keepMine} disabled={busy}>
        {t("conflict.mine")}
      </Button>
    </div>
  );
}

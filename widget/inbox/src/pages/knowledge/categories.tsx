import type { CategoryCount } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { ErrorState } from "#ui/states.tsx";
import { toast } from "#ui/toast.tsx";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { app } from "../../i18n/app.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { CategoryInput } from "./category-input.tsx";
import { categoriesQuery, renameCategory } from "./data.ts";
import { texts } from "./texts.ts";

/** All categories in use: renamed, merged into another, or taken away, for all their articles at once. */
export function Categories({ close, renamed }: { close: () => void; renamed: (from: string, into: string) => void }) {
  const t = texts.use();
  const { data, error, isFetching, refetch } = useQuery(categoriesQuery);
  const [editing, setEditing] = useState<string>();
  const list = useRef<HTMLUListElement>(null);

  const done = (into?: string): void => {
    if (editing !== undefined && into !== undefined) renamed(editing, into);
    setEditing(undefined);
    list.current?.focus();
  };

  return (
    <Dialog open onOpenChange={(open) => !open && close()}>
      <DialogContent title={t("categories")} text={t("categories.text")}>
        {data ? (
          data.length === 0 ? (
            <p className="text-sm text-muted">{t("categories.empty")}</p>
          ) : (
            <ul ref={list} tabIndex={-1} aria-label={t("categories")} className="rounded-md border border-line outline-none">
              {data.map((each) => (
                <li key={each.category} className="border-b border-line px-3 py-2 last:border-b-0">
                  {editing === each.category ? <Rename item={each} others={data} done={done} /> : <Row item={each} edit={() => setEditing(each.category)} />}
                </li>
              ))}
            </ul>
          )
        ) : error ? (
          <ErrorState title={t("categories.error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} />
        ) : (
          <SkeletonRows avatar={false} />
        )}
      </DialogContent>
    </Dialog>
  );
}

function Row({ item: { category, articles }, edit }: { item: CategoryCount; edit: () => void }) {
  const t = texts.use();
  return (
    <div className="flex items-center gap-3">
      <span dir="auto" className="min-w-0 flex-1 truncate text-sm font-medium">
        {category}
      </span>
      <span className="shrink-0 text-xs text-muted tabular-nums">{t("categories.articles", { count: articles })}</span>
      <Button size="sm" aria-label={t("categories.rename.one", { name: category })} onClick={edit}>
        {t("categories.rename")}
      </Button>
    </div>
  );
}

function Rename({ item, others, done }: { item: CategoryCount; others: readonly CategoryCount[]; done: (into?: string) => void }) {
  const t = texts.use();
  const shell = app.use();
  const [name, setName] = useState(item.category);
  const [busy, setBusy] = useState(false);
  const into = name.trim();
  const isSame = into === item.category;
  const isMerge = !isSame && others.some(({ category }) => category === into);
  const kind = isMerge ? "merge" : into ? "rename" : "clear";

  const save = async (): Promise<void> => {
    if (busy || isSame) return;
    setBusy(true);
    try {
      const { articles } = await renameCategory({ category: item.category, into });
      toast({ tone: "success", title: t("categories.done", { count: articles }), key: "category" });
      done(into);
    } catch (error) {
      toast({ tone: "error", title: t("categories.failed"), text: problemText(error), key: "category" });
      setBusy(false);
    }
  };

  return (
    <form
      className="flex flex-col gap-2"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        done();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field label={t("categories.name", { name: item.category })} hint={isSame ? undefined : t(`categories.${kind}.hint`, { name: into, count: item.articles })}>
        {(ids) => (
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- it takes the place of the button that was just pressed
          <CategoryInput {...ids} autoFocus value={name} onChange={setName} />
        )}
      </Field>
      <div className="flex justify-end gap-2">
        <Button size="sm" onClick={() => done()} disabled={busy}>
          {shell("cancel")}
        </Button>
        <Button size="sm" type="submit" variant="primary" busy={busy} disabled={isSame}>
          {t(`categories.${kind}`)}
        </Button>
      </div>
    </form>
  );
}

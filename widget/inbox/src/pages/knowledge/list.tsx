import type { ArticleSummary } from "#shared/wire.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { cn } from "#ui/cn.ts";
import { Input } from "#ui/field.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Select } from "#ui/select.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { Ago } from "#ui/time.tsx";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { BookOpen, FolderTree, Globe, Lock, SearchX } from "lucide-react";
import { useState } from "react";
import { app } from "../../i18n/app.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { useSearchField } from "../../use-search-field.ts";
import { Categories } from "./categories.tsx";
import { articlesQuery, categoriesQuery, searchStateQuery } from "./data.ts";
import { texts } from "./texts.ts";
import { changed, useKnowledge } from "./use-knowledge.ts";

/** The left pane: what there is, narrowed down. */
export function Articles({ mayWrite }: { mayWrite: boolean }) {
  const t = texts.use();
  const shell = app.use();
  const { search, go } = useKnowledge();
  const [query, setQuery] = useSearchField(search.q, (q) => void go({ q }, { replace: true }));

  const narrow = (name: "status" | "audience" | "kind", value: string): void => void go({ [name]: value === "any" ? undefined : value }, { replace: true });

  return (
    <>
      <div className="flex shrink-0 flex-col gap-2 border-b border-line p-3" role="search">
        <Input type="search" aria-label={t("search")} placeholder={t("search")} value={query} onChange={(event) => setQuery(event.target.value)} />
        <div className="flex gap-2">
          <Select
            aria-label={t("status")}
            value={search.status ?? "any"}
            onChange={(value) => narrow("status", value)}
            options={[
              { value: "any", label: t("status.any") },
              { value: "published", label: t("status.published") },
              { value: "draft", label: t("status.draft") },
            ]}
          />
          <Select
            aria-label={t("audience")}
            value={search.audience ?? "any"}
            onChange={(value) => narrow("audience", value)}
            options={[
              { value: "any", label: t("audience.any") },
              { value: "public", label: t("audience.public") },
              { value: "internal", label: t("audience.internal") },
            ]}
          />
        </div>
        <div className="flex gap-2">
          <Select
            aria-label={t("kind")}
            value={search.kind ?? "any"}
            onChange={(value) => narrow("kind", value)}
            options={[
              { value: "any", label: t("kind.any") },
              { value: "article", label: t("kind.article") },
              { value: "snippet", label: t("kind.snippet") },
              { value: "document", label: t("kind.document") },
            ]}
          />
          <InCategory mayWrite={mayWrite} />
        </div>
      </div>
      <ByWords />
      <Rows
        key={`${search.status} ${search.audience} ${search.kind} ${search.category}`}
        clear={() => (setQuery(""), void go({ q: undefined, status: undefined, audience: undefined, kind: undefined, category: undefined }))}
        label={shell("clear")}
      />
    </>
  );
}

const ANY = "any";
/** What an option is called that stands for a category, which may be called anything. */
const named = (category: string): string => `=${category}`;

function InCategory({ mayWrite }: { mayWrite: boolean }) {
  const t = texts.use();
  const { search, go } = useKnowledge();
  const [isEditing, setEditing] = useState(false);
  const { data = [] } = useQuery(categoriesQuery);
  const { category } = search;
  const isUnlisted = category && data.every((each) => each.category !== category);
  const show = (next: string | undefined): void => void go({ category: next }, { replace: true });
  return (
    <>
      <Select
        aria-label={t("category")}
        value={category === undefined ? ANY : named(category)}
        onChange={(value) => show(value === ANY ? undefined : value.slice(1))}
        options={[
          { value: ANY, label: t("category.any") },
          { value: named(""), label: t("category.none") },
          ...(isUnlisted ? [{ value: named(category), label: category }] : []),
          ...data.map((each) => ({ value: named(each.category), label: each.category })),
        ]}
      />
      {mayWrite && (
        <IconButton label={t("categories")} onClick={() => setEditing(true)}>
          <FolderTree aria-hidden />
        </IconButton>
      )}
      {isEditing && <Categories close={() => setEditing(false)} renamed={(from, into) => category === from && show(into || undefined)} />}
    </>
  );
}

/** Says so while articles are found by their words alone, and why. */
function ByWords() {
  const t = texts.use();
  const { data } = useQuery(searchStateQuery);
  if (!data?.reason) return null;
  return (
    <p role="note" className="shrink-0 border-b border-line bg-sunken px-4 py-2 text-xs text-muted">
      {t(`by-words.${data.reason}`)}
    </p>
  );
}

function Rows({ clear, label }: { clear: () => void; label: string }) {
  const t = texts.use();
  const shell = app.use();
  const { article, q, status, audience, kind, category } = useKnowledge().search;
  const { data, error, isPending, isFetching, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    ...articlesQuery({ ...(q ? { q } : {}), ...(status ? { status } : {}), ...(audience ? { audience } : {}), ...(kind ? { kind } : {}), ...(category !== undefined ? { category } : {}) }),
    placeholderData: keepPreviousData,
  });
  if (isPending) return <SkeletonRows avatar={false} />;
  if (!data) return <ErrorState title={t("error.list")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} />;
  const items = data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return q || status || audience || kind || category !== undefined ? (
      <EmptyState icon={SearchX} title={t("nothing.title")} text={t("nothing.text")} action={<Button onClick={clear}>{label}</Button>} />
    ) : (
      <EmptyState icon={BookOpen} title={t("empty.title")} text={t("empty.text")} />
    );
  }
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <ul aria-label={t("articles")}>
        {items.map((item) => (
          <Row key={item.id} item={item} open={item.id === article} />
        ))}
      </ul>
      {hasNextPage && (
        <div className="flex justify-center p-3">
          <Button size="sm" onClick={() => void fetchNextPage()} busy={isFetchingNextPage}>
            {shell("more")}
          </Button>
        </div>
      )}
    </div>
  );
}

function Row({ item, open }: { item: ArticleSummary; open: boolean }) {
  const t = texts.use();
  const { search } = useKnowledge();
  const Icon = item.audience === "public" ? Globe : Lock;
  return (
    <li>
      <Link
        to="/knowledge"
        search={changed(search, { article: item.id, sources: undefined })}
        aria-current={open ? "true" : undefined}
        className={cn("flex flex-col gap-1 border-b border-line px-4 py-2.5 transition-colors hover:bg-hover focus-visible:-outline-offset-2", open && "bg-accent-soft hover:bg-accent-soft")}
      >
        <span className="flex items-baseline gap-2">
          <span dir="auto" className="min-w-0 flex-1 truncate text-sm font-medium">
            {item.title}
          </span>
          <Ago at={item.updated_at} className="shrink-0 text-xs text-faint" />
        </span>
        <span className="flex items-center gap-1.5 overflow-hidden text-xs text-muted">
          <Icon className="size-3.5 shrink-0 text-faint" aria-hidden />
          <span className="shrink-0">{t(`audience.${item.audience}`)}</span>
          {item.category && <span className="min-w-0 truncate">· {item.category}</span>}
          <span className="ms-auto flex shrink-0 gap-1">
            {item.kind === "snippet" && <Badge tone="ai">{t("kind.snippet")}</Badge>}
            {item.kind === "document" && <Badge>{t("kind.document")}</Badge>}
            {item.status === "draft" && <Badge tone="warning">{t("status.draft")}</Badge>}
          </span>
        </span>
      </Link>
    </li>
  );
}

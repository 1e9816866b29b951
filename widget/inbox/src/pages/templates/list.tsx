import type { TemplateSummary } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Input } from "#ui/field.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { Ago } from "#ui/time.tsx";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { FilePlus2, Mail, Newspaper, PackageCheck, SearchX, ShoppingCart, Smile, Truck, type LucideIcon } from "lucide-react";
import { createElement } from "react";
import { app } from "../../i18n/app.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { useSearchField } from "../../use-search-field.ts";
import { templatesQuery } from "./data.ts";
import { starters, type Starter } from "./starters.ts";
import { texts } from "./texts.ts";
import { Thumb } from "./thumb.tsx";
import { useTemplates } from "./use-templates.ts";

/** All templates, each as it looks; and, below them or in their place, what one can begin with. */
export function Templates() {
  const t = texts.use();
  const shell = app.use();
  const { search, go } = useTemplates();
  const [query, setQuery] = useSearchField(search.q, (q) => void go({ q }, { replace: true }));
  const { data, error, isPending, isFetching, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery({ ...templatesQuery(search.q ?? ""), placeholderData: keepPreviousData });
  if (isPending) return <SkeletonRows avatar={false} />;
  if (!data) return <ErrorState title={t("error.list")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} />;
  const items = data.pages.flatMap((page) => page.items);
  const isEmpty = items.length === 0 && !search.q;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto bg-sunken">
      <div className="mx-auto flex max-w-300 flex-col gap-6 p-4 md:p-6">
        {!isEmpty && (
          <div role="search">
            <Input type="search" aria-label={t("search")} placeholder={t("search")} value={query} onChange={(event) => setQuery(event.target.value)} className="max-w-96" />
          </div>
        )}
        {items.length > 0 ? (
          <ul aria-label={t("templates")} className="grid grid-cols-2 gap-4 max-sm:grid-cols-1 lg:grid-cols-4">
            {items.map((item) => (
              <Card key={item.id} item={item} />
            ))}
          </ul>
        ) : isEmpty ? (
          <EmptyState icon={Mail} title={t("empty.title")} text={t("empty.text")} className="pb-2" />
        ) : (
          <EmptyState icon={SearchX} title={t("nothing.title", { query: search.q ?? "" })} action={<Button onClick={() => setQuery("")}>{shell("clear")}</Button>} />
        )}
        {hasNextPage && (
          <Button className="self-center" onClick={() => void fetchNextPage()} busy={isFetchingNextPage}>
            {shell("more")}
          </Button>
        )}
        <Starters />
      </div>
    </div>
  );
}

function Card({ item }: { item: TemplateSummary }) {
  const t = texts.use();
  return (
    <li className="rounded-md border border-line bg-pane transition-colors hover:border-line-control">
      <Link to="/campaigns/templates" search={{ template: item.id }} className="flex flex-col rounded-md">
        <Thumb id={item.id} version={item.version} />
        <span className="flex flex-col gap-0.5 px-3 py-2">
          <bdi className="truncate text-sm font-medium">{item.name}</bdi>
          <bdi className="truncate text-xs text-muted">{item.subject || t("subject.none")}</bdi>
          <Ago at={item.updated_at} className="text-xs text-faint" />
        </span>
      </Link>
    </li>
  );
}

const icons: Record<Starter, LucideIcon> = { welcome: Smile, newsletter: Newspaper, cart: ShoppingCart, order: PackageCheck, shipping: Truck, blank: FilePlus2 };

function Starters() {
  const t = texts.use();
  return (
    <section aria-labelledby="starters">
      <h2 id="starters" className="mb-2 text-sm font-medium text-muted">
        {t("starters")}
      </h2>
      <ul className="grid grid-cols-2 gap-3 max-sm:grid-cols-1 lg:grid-cols-3">
        {starters.map((starter) => (
          <li key={starter}>
            <Link to="/campaigns/templates" search={{ template: "new", from: starter }} className="flex h-full items-start gap-3 rounded-md border border-line bg-pane p-3 transition-colors hover:border-line-control">
              {createElement(icons[starter], { className: "mt-0.5 size-5 shrink-0 text-accent-text", strokeWidth: 1.75, "aria-hidden": true })}
              <span className="min-w-0">
                <span className="block text-sm font-medium">{t(`starter.${starter}`)}</span>
                <span className="block text-xs text-muted">{t(`starter.${starter}.about`)}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

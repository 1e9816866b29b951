import type { ContactView } from "#shared/wire.ts";
import { Avatar } from "#ui/avatar.tsx";
import { Button } from "#ui/button.tsx";
import { cn } from "#ui/cn.ts";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { CircleHelp, Users } from "lucide-react";
import { nameOf } from "../../data/contacts.ts";
import { previewQuery, treeCountQuery } from "../../data/segments.ts";
import { app } from "../../i18n/app.ts";
import { problemText } from "../../i18n/problem-text.ts";
import type { Tree } from "./builder/draft.ts";
import { problemsIn } from "./problems.ts";
import { texts } from "./texts.ts";

const SHOWN = 8;

interface AudienceProps {
  /** What is written to its end; `undefined` while it is not. */
  tree: Tree | undefined;
  /** The last that was. */
  before: Tree | undefined;
  explain: (contact: ContactView) => void;
  explained: number | undefined;
}

/** How many contacts the tree chooses, and some of them, while it is written. */
export function Audience({ tree, before, explain, explained }: AudienceProps) {
  const t = texts.use();
  const asked = tree ?? before ?? { all: [] };
  const isStale = tree === undefined;
  const count = useQuery({ ...treeCountQuery(asked), placeholderData: keepPreviousData });
  const isWrong = problemsIn(count.error).length > 0;
  const isOld = isStale || count.isPlaceholderData;
  return (
    <section aria-labelledby="audience" className="flex flex-col gap-3">
      <h2 id="audience" className="flex items-center gap-1.5 text-xs font-semibold text-muted">
        <Users className="size-3.5" aria-hidden />
        {t("audience")}
      </h2>
      <div role="status" aria-live="polite" aria-busy={isOld} className={cn("transition-colors", isOld && !isWrong && "text-muted")}>
        {count.data && !isWrong ? (
          <>
            <p className="text-2xl font-semibold tabular-nums">{t(count.data.exact ? "count" : "count.least", { count: count.data.count })}</p>
            {!count.data.exact && <p className="text-xs text-muted">{t("count.least.text")}</p>}
          </>
        ) : count.error && !isWrong ? (
          <p className="text-sm text-danger">{problemText(count.error)}</p>
        ) : (
          <p className="text-2xl font-semibold text-faint">…</p>
        )}
        {(isStale || isWrong) && <p className="text-xs text-muted">{t(isWrong ? "count.wrong" : "count.unfinished")}</p>}
      </div>
      {!isWrong && <People tree={asked} explain={explain} explained={explained} />}
    </section>
  );
}

function People({ tree, explain, explained }: { tree: Tree; explain: (contact: ContactView) => void; explained: number | undefined }) {
  const t = texts.use();
  const shell = app.use();
  const { data, error, isPending, isPlaceholderData, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({ ...previewQuery(tree, SHOWN), placeholderData: keepPreviousData });
  if (isPending) return <SkeletonRows rows={4} className="px-0" />;
  if (!data) return error ? <p className="text-sm text-muted">{t("preview.error")}</p> : null;
  const found = data.pages.flatMap(({ items }) => items);
  const isCut = data.pages.at(-1)?.exact === false;
  return (
    <div aria-busy={isPlaceholderData} className={cn("flex flex-col gap-2 transition", isPlaceholderData && "text-muted grayscale")}>
      <ul aria-label={t("preview")} className="flex flex-col">
        {found.map((contact) => {
          const name = nameOf(contact) || shell("visitor");
          return (
            <li key={contact.id} className="flex min-h-11 items-center gap-2.5">
              <Avatar name={name} seed={contact.id} size="sm" />
              <span className="min-w-0 flex-1">
                <bdi className="block truncate text-sm">{name}</bdi>
                {contact.email && contact.email !== name && <bdi className="block truncate text-xs text-muted">{contact.email}</bdi>}
              </span>
              <Button size="sm" variant="ghost" aria-pressed={explained === contact.id} aria-label={t("why.one", { name })} onClick={() => explain(contact)}>
                <CircleHelp aria-hidden />
                {t("why")}
              </Button>
            </li>
          );
        })}
      </ul>
      {found.length === 0 && !isCut && <p className="text-sm text-muted">{t("preview.nobody")}</p>}
      {isCut && <p className="text-xs text-muted">{t("preview.cut")}</p>}
      {hasNextPage && (
        <Button size="sm" onClick={() => void fetchNextPage()} busy={isFetchingNextPage} className="self-start">
          {shell("more")}
        </Button>
      )}
    </div>
  );
}

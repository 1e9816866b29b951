import type { SegmentSummary } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Skeleton, SkeletonRows } from "#ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { Table, Td, Th, Tr } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ListChecks, ListFilter, TriangleAlert } from "lucide-react";
import { isProblem } from "../../api/problem.ts";
import { countQuery, segmentsQuery } from "../../data/segments.ts";
import { app } from "../../i18n/app.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { texts } from "./texts.ts";
import { useSegments } from "./use-segments.ts";

/** All segments, or all lists, with how many are in each. */
export function SegmentList({ kind, add }: { kind: SegmentSummary["kind"]; add: () => void }) {
  const t = texts.use();
  const shell = app.use();
  const { data, error, isPending, isFetching, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(segmentsQuery(kind));
  const isLists = kind === "static";
  if (isPending) return <SkeletonRows rows={6} avatar={false} />;
  if (!data) return <ErrorState title={t(isLists ? "error.lists" : "error.segments")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} />;
  const found = data.pages.flatMap(({ items }) => items);
  if (found.length === 0) {
    return <EmptyState icon={isLists ? ListChecks : ListFilter} title={t(isLists ? "empty.lists" : "empty.segments")} text={t(isLists ? "empty.lists.text" : "empty.segments.text")} action={<Button variant="primary" onClick={add}>{t(isLists ? "new.list" : "new")}</Button>} />;
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <Table label={t(isLists ? "lists" : "segments")}>
        <thead>
          <tr>
            <Th className="ps-4">{t("name")}</Th>
            <Th className="text-end">{t("contacts")}</Th>
            <Th className="max-md:hidden">{t("changed")}</Th>
          </tr>
        </thead>
        <tbody>
          {found.map((segment) => (
            <Row key={segment.id} segment={segment} />
          ))}
        </tbody>
      </Table>
      {hasNextPage && (
        <div className="flex shrink-0 justify-center border-t border-line p-3">
          <Button size="sm" onClick={() => void fetchNextPage()} busy={isFetchingNextPage}>
            {shell("more")}
          </Button>
        </div>
      )}
    </div>
  );
}

function Row({ segment }: { segment: SegmentSummary }) {
  const { go } = useSegments();
  const search = { segment: segment.id };
  return (
    <Tr onClick={() => void go(search)} className="cursor-default">
      <Td className="ps-4">
        <Link to="/contacts/segments" search={search} onClick={(event) => event.stopPropagation()} className="block max-w-120 truncate font-medium max-sm:max-w-56">
          <bdi>{segment.name}</bdi>
        </Link>
        {segment.description && (
          <span className="block max-w-120 truncate text-xs text-muted max-sm:max-w-56">
            <bdi>{segment.description}</bdi>
          </span>
        )}
      </Td>
      <Td className="text-end tabular-nums">
        <HowMany id={segment.id} />
      </Td>
      <Td className="whitespace-nowrap text-muted max-md:hidden">
        <Ago at={segment.updated_at} />
      </Td>
    </Tr>
  );
}

/** Counted when it is looked at, one segment after the other. */
function HowMany({ id }: { id: number }) {
  const t = texts.use();
  const { data, error } = useQuery(countQuery(id));
  if (data) return t(data.exact ? "number" : "number.least", { count: data.count });
  if (!error) return <Skeleton className="ms-auto w-10" />;
  const isBroken = isProblem(error, "segment_broken");
  return (
    <span className="inline-flex items-center gap-1 text-xs text-warning" title={problemText(error)}>
      <TriangleAlert className="size-3.5" aria-hidden />
      {t(isBroken ? "broken" : "uncounted")}
    </span>
  );
}

import { Button } from "#ui/button.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { useQuery } from "@tanstack/react-query";
import { ListX, Plus, UsersRound } from "lucide-react";
import { Suspense, useMemo, useState } from "react";
import { useActions } from "../../actions/registry.ts";
import { isProblem } from "../../api/problem.ts";
import { fieldsQuery, segmentQuery } from "../../data/segments.ts";
import { app } from "../../i18n/app.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { later } from "../../later.tsx";
import { useIsRole } from "../../session/session.ts";
import { Page } from "../../shell/page.tsx";
import { ContactTabs } from "../contacts/tabs.tsx";
import { SegmentList } from "./list.tsx";
import { texts } from "./texts.ts";
import { useSegments } from "./use-segments.ts";

const Editor = later(() => import("./editor.tsx"));
const ListPage = later(() => import("./lists/list.tsx"));
const NewList = later(() => import("./lists/new.tsx"));

export default function SegmentsPage() {
  const shell = app.use();
  const t = texts.use();
  const mayUse = useIsRole("admin", "user");
  const { search, go } = useSegments();
  const [isAdding, setAdding] = useState(false);
  const isLists = search.lists === true;
  const add = (): void => (isLists ? setAdding(true) : void go({ segment: "new" }));
  const isOpen = search.segment !== undefined;
  useActions(
    () => (mayUse && !isOpen ? [{ name: "segment.new", label: () => texts.t(isLists ? "new.list" : "new"), group: "contact", icon: Plus, shortcut: "c", perform: add }] : []),
    [mayUse, isOpen, isLists],
  );
  return (
    <Page
      title={shell("page.contacts")}
      compact={isOpen}
      actions={
        mayUse &&
        !isOpen && (
          <Button variant="primary" onClick={add} aria-label={t(isLists ? "new.list" : "new")}>
            <Plus aria-hidden />
            <span className="max-sm:hidden">{t(isLists ? "new.list" : "new")}</span>
          </Button>
        )
      }
    >
      {!mayUse ? (
        <EmptyState icon={UsersRound} title={t("not-yours")} text={t("not-yours.text")} />
      ) : isOpen ? (
        <Open key={`${search.segment} ${search.copy}`} />
      ) : (
        <>
          <ContactTabs current={isLists ? "lists" : "segments"} />
          <SegmentList key={String(isLists)} kind={isLists ? "static" : "dynamic"} add={add} />
        </>
      )}
      {isAdding && (
        <Suspense>
          <NewList close={() => setAdding(false)} made={({ id }) => void go({ segment: id })} />
        </Suspense>
      )}
    </Page>
  );
}

/** What is open: a segment, a list, or one that is to be. */
function Open() {
  const t = texts.use();
  const { segment, copy } = useSegments().search;
  const wanted = typeof segment === "number" ? segment : copy;
  const known = useQuery(fieldsQuery);
  const found = useQuery({ ...segmentQuery(wanted ?? 0), enabled: wanted !== undefined });
  const fields = useMemo(() => new Map(known.data?.map((field) => [field.name, field])), [known.data]);
  if (isProblem(found.error, "not_found")) return <EmptyState icon={ListX} title={t("gone.title")} text={t("gone.text")} />;
  const failed = [found, known].find(({ data, error }) => data === undefined && error !== null);
  if (failed) return <ErrorState title={t("error")} text={problemText(failed.error)} retry={() => void failed.refetch()} busy={failed.isFetching} />;
  if (!known.data || (wanted !== undefined && !found.data)) return <SkeletonRows avatar={false} />;
  return (
    <Suspense fallback={<SkeletonRows avatar={false} />}>
      {segment === "new" ? (
        <Editor fields={fields} {...(found.data?.tree ? { copy: found.data } : {})} />
      ) : found.data?.kind === "static" ? (
        <ListPage list={found.data} />
      ) : (
        found.data && <Editor segment={found.data} fields={fields} />
      )}
    </Suspense>
  );
}

import { Button } from "#ui/button.tsx";
import { Panes } from "#ui/panes.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import { BookOpen, BookX, Library, Plus } from "lucide-react";
import { useActions } from "../../actions/registry.ts";
import { isProblem } from "../../api/problem.ts";
import { app } from "../../i18n/app.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { useIsRole } from "../../session/session.ts";
import { Page } from "../../shell/page.tsx";
import { articleQuery } from "./data.ts";
import { Document } from "./document.tsx";
import { Editor } from "./editor.tsx";
import { Articles } from "./list.tsx";
import { Reader } from "./reader.tsx";
import { Sources } from "./sources.tsx";
import { texts } from "./texts.ts";
import { useKnowledge } from "./use-knowledge.ts";

export default function KnowledgePage() {
  const shell = app.use();
  const t = texts.use();
  const { search: { article, sources }, go } = useKnowledge();
  const mayWrite = useIsRole("admin", "user");
  const write = (): void => void go({ article: "new", sources: undefined });

  useActions(
    () => (mayWrite ? [{ name: "article.new", label: () => texts.t("new"), group: "app", icon: Plus, shortcut: "c", perform: write }] : []),
    // `write` is made anew each time, and does the same.
    [mayWrite],
  );

  return (
    <Page
      title={shell("page.knowledge")}
      compact={article !== undefined || sources === true}
      actions={
        <>
          <Button onClick={() => void go({ article: undefined, sources: true })} aria-label={t("sources")} aria-pressed={sources === true}>
            <Library aria-hidden />
            <span className="max-sm:hidden">{t("sources")}</span>
          </Button>
          {mayWrite && (
            <Button variant="primary" onClick={write} aria-label={t("new")}>
              <Plus aria-hidden />
              <span className="max-sm:hidden">{t("new")}</span>
            </Button>
          )}
        </>
      }
    >
      <Panes
        id="knowledge"
        active={article === undefined && !sources ? "articles" : "article"}
        panes={[
          { id: "articles", label: t("articles"), width: { start: 360, min: 280, max: 560 }, content: <Articles mayWrite={mayWrite} /> },
          { id: "article", label: t("article"), content: <Article key={article} mayWrite={mayWrite} /> },
        ]}
      />
    </Page>
  );
}

function Article({ mayWrite }: { mayWrite: boolean }) {
  const t = texts.use();
  const { article, sources } = useKnowledge().search;
  if (sources && article === undefined) return <Sources mayWrite={mayWrite} />;
  if (article === "new" && mayWrite) return <Editor />;
  if (typeof article === "number") return <Loaded id={article} mayWrite={mayWrite} />;
  return <EmptyState icon={BookOpen} title={t("none.title")} text={t(mayWrite ? "none.text" : "none.text.agent")} />;
}

function Loaded({ id, mayWrite }: { id: number; mayWrite: boolean }) {
  const t = texts.use();
  const { data, error, isFetching, refetch } = useQuery(articleQuery(id));
  if (isProblem(error, "not_found")) return <EmptyState icon={BookX} title={t("gone.title")} text={t("gone.text")} />;
  if (!data) return error ? <ErrorState title={t("error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} /> : <SkeletonRows avatar={false} />;
  if (data.kind === "document") return <Document article={data} mayWrite={mayWrite} />;
  return mayWrite ? <Editor article={data} /> : <Reader article={data} />;
}

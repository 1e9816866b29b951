import { Button } from "#ui/button.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { useQuery } from "@tanstack/react-query";
import { FileX, Lock, Plus } from "lucide-react";
import { Suspense, useMemo } from "react";
import { useActions } from "../../actions/registry.ts";
import { isProblem } from "../../api/problem.ts";
import { app } from "../../i18n/app.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { later } from "../../later.tsx";
import { useIsRole } from "../../session/session.ts";
import { Page } from "../../shell/page.tsx";
import { fieldsQuery, templateQuery } from "./data.ts";
import { Templates } from "./list.tsx";
import { started, starters, type Starter } from "./starters.ts";
import { MailingTabs } from "./tabs.tsx";
import { texts } from "./texts.ts";
import { useTemplates } from "./use-templates.ts";

const Editor = later(() => import("./editor/editor.tsx"));

export default function TemplatesPage() {
  const shell = app.use();
  const t = texts.use();
  const { search: { template }, go } = useTemplates();
  const mayWrite = useIsRole("admin", "user");
  const write = (): void => void go({ template: "new", from: "blank" });
  useActions(() => (mayWrite ? [{ name: "template.new", label: () => texts.t("new"), group: "app", icon: Plus, shortcut: "c", perform: write }] : []), [mayWrite]);

  return (
    <Page
      title={shell("page.templates")}
      compact={template !== undefined}
      actions={
        mayWrite && (
          <Button variant="primary" onClick={write} aria-label={t("new")}>
            <Plus aria-hidden />
            <span className="max-sm:hidden">{t("new")}</span>
          </Button>
        )
      }
    >
      {!mayWrite ? (
        <EmptyState icon={Lock} title={t("forbidden.title")} text={t("forbidden.text")} />
      ) : (
        <>
          <MailingTabs className={template === undefined ? "" : "max-md:hidden"} />
          {template === undefined ? (
            <Templates />
          ) : (
            <Suspense fallback={<SkeletonRows avatar={false} />}>
              <Open key={template} template={template} />
            </Suspense>
          )}
        </>
      )}
    </Page>
  );
}

function Open({ template }: { template: number | "new" }) {
  return template === "new" ? <Fresh /> : <Loaded id={template} />;
}

const isStarter = (from: string | undefined): from is Starter => starters.some((each) => each === from);

function Fresh() {
  const t = texts.use();
  const { from } = useTemplates().search;
  const { data, error, isFetching, refetch } = useQuery(fieldsQuery);
  const start = useMemo(() => started(isStarter(from) ? from : "blank", new Set(data?.map(({ name: field }) => field))), [from, data]);
  if (data) return <Editor start={start} />;
  return error ? <ErrorState title={t("error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} /> : <SkeletonRows avatar={false} />;
}

function Loaded({ id }: { id: number }) {
  const t = texts.use();
  const { data, error, isFetching, refetch } = useQuery(templateQuery(id));
  if (isProblem(error, "not_found")) return <EmptyState icon={FileX} title={t("gone.title")} text={t("gone.text")} />;
  if (data) return <Editor template={data} start={data} />;
  return error ? <ErrorState title={t("error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} /> : <SkeletonRows avatar={false} />;
}

import { SkeletonRows } from "#ui/skeleton.tsx";
import { Suspense } from "react";
import { later } from "../../later.tsx";
import { Page } from "../../shell/page.tsx";
import { usePlace } from "./go.ts";
import { name } from "./name.ts";

const List = later(() => import("./list.tsx"));
const Workflow = later(() => import("./workflow.tsx"));

export default function WorkflowsPage() {
  const named = name.use();
  const { workflow } = usePlace();
  const loading = (
    <Page title={named("page")}>
      <SkeletonRows rows={6} avatar={false} />
    </Page>
  );
  return <Suspense fallback={loading}>{workflow === undefined ? <List /> : <Workflow key={workflow} id={workflow} />}</Suspense>;
}

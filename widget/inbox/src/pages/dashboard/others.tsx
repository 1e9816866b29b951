import { Skeleton } from "#ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import { problemText } from "../../i18n/problem-text.ts";
import { panelQuery, panelsQuery } from "../../panels/data.ts";
import { PanelView } from "../../panels/document.tsx";
import { usePanelWords } from "../../panels/words.ts";
import { Card, Heading } from "./frame.tsx";

/** Drawn by this page itself, with a choice of days. */
const OWN = "analytics.days";

/** What other modules show on the dashboard. */
export function Others() {
  const { data = [] } = useQuery(panelsQuery);
  return data.filter(({ place, name }) => place === "dashboard" && name !== OWN).map(({ name, title, path }) => <Other key={name} title={title} path={path} />);
}

function Other({ title, path }: { title: string; path: string }) {
  const say = usePanelWords();
  const { data, error } = useQuery(panelQuery(path, {}));
  const shown = say(data?.title ?? title);
  return (
    <section aria-label={shown}>
      <Heading title={shown} />
      <Card>{data ? <PanelView document={data} /> : error ? <p className="text-sm text-muted">{problemText(error)}</p> : <Skeleton className="h-40 w-full rounded-sm" />}</Card>
    </section>
  );
}

import type { ConversationView } from "#shared/wire.ts";
import { Skeleton } from "#ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import { problemText } from "../../../i18n/problem-text.ts";
import { panelQuery, panelsQuery } from "../../../panels/data.ts";
import { PanelView } from "../../../panels/document.tsx";
import { usePanelWords } from "../../../panels/words.ts";
import { Section } from "./section.tsx";

/** What modules have to say about this contact and this conversation. */
export function Panels({ conversation }: { conversation: ConversationView }) {
  const { data = [] } = useQuery(panelsQuery);
  return data.map(({ name, title, place, path }) => {
    const query = place === "conversation" ? { conversation_id: conversation.id } : place === "contact" && conversation.contact_id !== null ? { contact_id: conversation.contact_id } : undefined;
    return query && <Panel key={name} title={title} path={path} query={query} isRare={place === "conversation"} />;
  });
}

/** One that says nothing is not shown; `isRare`: few conversations have anything there, so nothing stands in its place meanwhile. */
function Panel({ title, path, query, isRare }: { title: string; path: string; query: Record<string, number>; isRare: boolean }) {
  const say = usePanelWords();
  const { data, error } = useQuery(panelQuery(path, query));
  if (data ? data.blocks.length === 0 : isRare && !error) return null;
  return (
    <Section title={say(data?.title ?? title)}>
      {data ? <PanelView document={data} /> : error ? <p className="text-sm text-muted">{problemText(error)}</p> : <Skeleton className="w-2/3" />}
    </Section>
  );
}

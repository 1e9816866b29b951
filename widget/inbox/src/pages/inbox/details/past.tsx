import type { ConversationView } from "#shared/wire.ts";
import { plainLine } from "#ui/plain-line.ts";
import { Ago } from "#ui/time.tsx";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { listQuery } from "../../../data/conversations.ts";
import type { Filters } from "../../../data/filters.ts";
import type { InboxSearch } from "../search.ts";
import { texts } from "../texts.ts";
import { StatusBadge } from "../status-badge.tsx";
import { Section } from "./section.tsx";

const SHOWN = 8;

/** What else this contact has written. */
export function Past({ conversation }: { conversation: ConversationView }) {
  return conversation.contact_id === null ? null : <PastOf contact={conversation.contact_id} except={conversation.id} />;
}

function PastOf({ contact, except }: { contact: number; except: number }) {
  const t = texts.use();
  const filters: Filters = { view: "all", status: "any", sort: "latest", contact_id: contact };
  const { data } = useInfiniteQuery(listQuery(filters));
  if (!data) return null;
  const others = data.pages.flatMap(({ items }) => items).filter((item) => item.conversation.id !== except);
  return (
    <Section title={t("past")}>
      {others.length === 0 ? (
        <p className="text-sm text-faint">{t("past.none")}</p>
      ) : (
        <ul className="-mx-1.5 flex flex-col">
          {others.slice(0, SHOWN).map(({ conversation }) => (
            <li key={conversation.id}>
              <Link
                to="/inbox/$conversation"
                params={{ conversation: String(conversation.id) }}
                search={(before) => before as InboxSearch}
                className="flex flex-col rounded-sm px-1.5 py-1.5 transition-colors hover:bg-hover"
              >
                <span dir="auto" className="truncate text-sm">
                  {plainLine(conversation.subject || conversation.preview) || `#${conversation.number}`}
                </span>
                <span className="mt-0.5 flex items-center gap-2 text-xs text-faint">
                  <StatusBadge conversation={conversation} />
                  <span className="tabular-nums">#{conversation.number}</span>
                  <Ago at={conversation.last_activity_at} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

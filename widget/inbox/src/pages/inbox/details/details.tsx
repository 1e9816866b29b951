import { EmptyState } from "#ui/states.tsx";
import { useQuery } from "@tanstack/react-query";
import { CircleUserRound } from "lucide-react";
import { conversationQuery } from "../../../data/conversations.ts";
import { texts } from "../texts.ts";
import { useInbox } from "../use-inbox.ts";
import { ContactCard } from "./contact.tsx";
import { Panels } from "./panels.tsx";
import { Past } from "./past.tsx";
import { Properties } from "./properties.tsx";
import { Receipts } from "./receipts.tsx";

/** The right pane: the conversation's state, who writes, and what was before. */
export default function Details() {
  const t = texts.use();
  const { open } = useInbox();
  if (open === undefined) return <EmptyState icon={CircleUserRound} title={t("details.empty.title")} text={t("details.empty.text")} />;
  return <DetailsOf key={open} id={open} />;
}

function DetailsOf({ id }: { id: number }) {
  const { data } = useQuery(conversationQuery(id));
  if (!data) return null;
  const { conversation } = data;
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <ContactCard conversation={conversation} />
      <Properties conversation={conversation} />
      <Receipts conversation={conversation} />
      <Panels conversation={conversation} />
      <Past conversation={conversation} />
    </div>
  );
}

import type { ConsentView, ContactConsents, ContactView } from "#shared/wire.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { Ago } from "#ui/time.tsx";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CircleCheck, CircleSlash, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { consentsQuery } from "../../../data/consent.ts";
import { app } from "../../../i18n/app.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { History } from "./history.tsx";
import { Say } from "./say.tsx";
import { texts } from "./texts.ts";

/** Which mail a contact gets, how they agreed to it, and what is held back and why. */
export default function Mail({ contact }: { contact: ContactView }) {
  const t = texts.use();
  const shell = app.use();
  const { data, error, isFetching, refetch } = useQuery(consentsQuery(contact.id));
  if (!data) {
    if (!error) return <SkeletonRows avatar={false} rows={2} className="px-0" />;
    return (
      <p role="alert" className="flex flex-wrap items-center gap-2 text-sm text-danger">
        {problemText(error)}
        <Button size="sm" onClick={() => void refetch()} busy={isFetching}>
          {shell("retry")}
        </Button>
      </p>
    );
  }
  if (!data.address) return <p className="text-sm text-faint">{t("no-address")}</p>;
  return (
    <div className="flex flex-col gap-3">
      {data.suppressions.length > 0 && <HeldBack consents={data} />}
      {data.topics.length === 0 ? (
        <p className="text-sm text-faint">
          {t("no-topics")}{" "}
          <Link to="/settings/$section" params={{ section: "topics" }} className="text-accent-text underline">
            {t("no-topics.add")}
          </Link>
        </p>
      ) : (
        <ul aria-label={t("topics")} className="flex flex-col gap-2.5">
          {data.topics.map((topic) => (
            <Topic key={topic.topic_id} topic={topic} contact={contact} />
          ))}
        </ul>
      )}
      {data.history.length > 0 && <History consents={data} />}
    </div>
  );
}

function HeldBack({ consents }: { consents: ContactConsents }) {
  const t = texts.use();
  return (
    <div className="flex flex-col gap-1.5 rounded-sm bg-warning-soft px-3 py-2 text-sm text-warning">
      <p className="flex items-center gap-1.5 font-medium">
        <TriangleAlert className="size-4 shrink-0" aria-hidden />
        {t("held")}
      </p>
      <ul className="flex flex-col gap-1 text-xs">
        {consents.suppressions.map(({ id, reason, source, by_name, created_at }) => (
          <li key={id}>
            {t(`held.${reason}`)} · {t(`from.${source}`)}
            {by_name && (
              <>
                {" · "}
                <bdi>{by_name}</bdi>
              </>
            )}
            {" · "}
            <Ago at={created_at} />
          </li>
        ))}
      </ul>
      <Link to="/settings/$section" params={{ section: "suppressions" }} className="self-start text-xs underline">
        {t("held.more")}
      </Link>
    </div>
  );
}

/** One topic: whether its mail comes, and if not, why. */
function Topic({ topic, contact }: { topic: ConsentView; contact: ContactView }) {
  const t = texts.use();
  const [saying, setSaying] = useState<"subscribed" | "unsubscribed">();
  const comes = topic.why_not === null || topic.why_not === undefined;
  const wants = topic.state === "subscribed" || (topic.state === "none" && topic.kind === "transactional");
  const offer = wants ? "unsubscribed" : "subscribed";
  return (
    <li className="flex items-start gap-2.5 text-sm">
      {comes ? <CircleCheck className="mt-0.5 size-4 shrink-0 text-success" aria-hidden /> : <CircleSlash className="mt-0.5 size-4 shrink-0 text-faint" aria-hidden />}
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-1.5 font-medium">
          <bdi>{topic.topic_name}</bdi>
          <Badge tone={comes ? "success" : topic.why_not === "unconfirmed" ? "warning" : "neutral"}>{t(topic.why_not ? `why-not.${topic.why_not}` : "comes")}</Badge>
        </p>
        {topic.changed_at && topic.source && (
          <p className="text-xs text-muted">
            {t(`state.${topic.state === "none" ? "pending" : topic.state}`)} · {t(`source.${topic.source}`)} · <Ago at={topic.changed_at} />
            {topic.network && (
              <>
                {" · "}
                <bdi dir="ltr">{topic.network}</bdi>
              </>
            )}
            {topic.text_version !== null && <> · {t("version", { version: topic.text_version })}</>}
          </p>
        )}
        {topic.confirmed_at && (
          <p className="text-xs text-muted">
            {t("confirmed")} <Ago at={topic.confirmed_at} />
          </p>
        )}
      </div>
      {topic.why_not !== "topic_archived" && (
        <Button size="sm" variant="ghost" onClick={() => setSaying(offer)} aria-label={t(`say.${offer}.of`, { topic: topic.topic_name })}>
          {t(`say.${offer}`)}
        </Button>
      )}
      <Dialog open={saying !== undefined} onOpenChange={() => setSaying(undefined)}>
        {saying && <Say contact={contact} topic={topic} state={saying} close={() => setSaying(undefined)} />}
      </Dialog>
    </li>
  );
}

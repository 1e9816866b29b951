import type { TopicView } from "#shared/wire.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { EmptyState } from "#ui/states.tsx";
import { useQuery } from "@tanstack/react-query";
import { Newspaper, Plus, Share2 } from "lucide-react";
import { useState } from "react";
import { topicsQuery } from "../../../data/consent.ts";
import { Loaded, Part } from "../parts.tsx";
import { names } from "../sections.ts";
import { texts as settings } from "../texts.ts";
import { Share } from "./share.tsx";
import { texts } from "./texts.ts";
import { EditTopic } from "./topic.tsx";

/** What mail may be about, and how people come to it. */
export default function Topics() {
  const t = texts.use();
  const shell = settings.use();
  const query = useQuery(topicsQuery);
  const [editing, setEditing] = useState<TopicView | "new">();
  const [sharing, setSharing] = useState<TopicView>();
  return (
    <>
      <Part
        title={names.t("topics")}
        actions={
          <Button variant="primary" onClick={() => setEditing("new")}>
            <Plus aria-hidden />
            {t("topic.add")}
          </Button>
        }
      >
        <Loaded query={query}>
          {(topics) =>
            topics.length === 0 ? (
              <EmptyState icon={Newspaper} title={t("topics.empty")} text={t("topics.empty.text")} className="py-6" />
            ) : (
              <ul aria-label={names.t("topics")} className="-my-2 flex flex-col divide-y divide-line">
                {topics.map((topic) => (
                  <li key={topic.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3">
                    <div className="min-w-44 flex-1">
                      <p className="flex flex-wrap items-center gap-1.5 text-sm font-medium">
                        <bdi className="me-1">{topic.name}</bdi>
                        <Badge tone={topic.kind === "marketing" ? "info" : "neutral"}>{t(`kind.${topic.kind}`)}</Badge>
                        {topic.kind === "marketing" && <Badge tone={topic.opt_in === "double" ? "success" : "warning"}>{t(`opt-in.${topic.opt_in}`)}</Badge>}
                        {!topic.is_public && <Badge>{t("hidden")}</Badge>}
                        {topic.archived_at && <Badge>{t("archived")}</Badge>}
                      </p>
                      {topic.description && (
                        <p className="truncate text-xs text-muted">
                          <bdi>{topic.description}</bdi>
                        </p>
                      )}
                    </div>
                    <span className="flex gap-2">
                      {!topic.archived_at && (
                        <Button size="sm" onClick={() => setSharing(topic)} aria-label={t("share.of", { name: topic.name })}>
                          <Share2 aria-hidden />
                          {t("share")}
                        </Button>
                      )}
                      <Button size="sm" onClick={() => setEditing(topic)} aria-label={t("topic.edit", { name: topic.name })}>
                        {shell("edit")}
                      </Button>
                    </span>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </Part>
      <Dialog open={editing !== undefined} onOpenChange={() => setEditing(undefined)}>
        {editing && <EditTopic topic={editing === "new" ? undefined : editing} close={() => setEditing(undefined)} />}
      </Dialog>
      <Dialog open={sharing !== undefined} onOpenChange={() => setSharing(undefined)}>
        {sharing && <Share topic={sharing} />}
      </Dialog>
    </>
  );
}

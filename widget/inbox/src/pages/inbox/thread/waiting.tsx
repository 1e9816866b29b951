import { Avatar } from "#ui/avatar.tsx";
import { Button } from "#ui/button.tsx";
import { Markdown } from "#ui/markdown.tsx";
import { CircleAlert, Clock } from "lucide-react";
import { discard, retry, type Waiting } from "../../../data/outbox.ts";
import { app } from "../../../i18n/app.ts";
import { useMe } from "../../../session/session.ts";
import { useStore } from "../../../use-store.ts";
import { connection } from "../../../shell/connection.ts";
import { putDraft } from "../composer/drafts.ts";
import { texts } from "../texts.ts";
import { Files } from "./files.tsx";
import { Bubble } from "./message.tsx";

const known = ["conversation_closed", "not_found", "empty_message", "forbidden", "unauthenticated", "article_changed", "own_address", "too_many_recipients"] as const;

/** What this agent wrote and the server has not acknowledged. */
export function WaitingMessage({ item, conversation }: { item: Waiting; conversation: number }) {
  const t = texts.use();
  const shell = app.use();
  const me = useMe();
  const state = useStore(connection);
  const { mode, content, files, decision, whom } = item.payload;
  // The guard speaks for these, above the composer.
  const isHeld = item.failed === "newer_messages";
  const reason = known.find((each) => each === item.failed);

  const edit = (): void => {
    putDraft(conversation, mode, { text: content, files, decision, whom });
    discard(item.id);
  };

  return (
    <Bubble
      look={mode === "note" ? "note" : "user"}
      first
      name={me.name}
      avatar={<Avatar name={me.name} seed={me.user_id} size="sm" />}
      at={item.at}
      label={t("message.waiting")}
      faded
      below={
        item.failed ? (
          <div role={isHeld ? undefined : "alert"} className="flex flex-wrap items-center justify-end gap-x-2 gap-y-1 text-xs text-danger">
            <span className="flex items-center gap-1">
              <CircleAlert className="size-3.5" aria-hidden />
              {isHeld ? t("send.held") : reason ? t(`send.failed.${reason}`) : t("send.failed")}
            </span>
            {!isHeld && (
              <>
                <Button size="sm" onClick={() => retry(item.id)}>
                  {shell("retry")}
                </Button>
                <Button size="sm" variant="ghost" onClick={edit}>
                  {shell("edit")}
                </Button>
                <Button size="sm" variant="ghost" onClick={() => discard(item.id)}>
                  {shell("delete")}
                </Button>
              </>
            )}
          </div>
        ) : (
          <p className="flex items-center gap-1 px-1 text-xs text-faint">
            <Clock className="size-3" aria-hidden />
            {state === "live" ? t("send.sending") : t("send.later")}
          </p>
        )
      }
    >
      {content && <Markdown text={content} />}
      {files.length > 0 && <Files files={files} />}
    </Bubble>
  );
}

import type { MailboxView } from "#shared/wire.ts";
import { Badge, type Tone } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { confirm } from "#ui/confirm.ts";
import { Ago } from "#ui/time.tsx";
import { toast } from "#ui/toast.tsx";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "../../../api/client.ts";
import { isProblem } from "../../../api/problem.ts";
import { queries } from "../../../data/queries.ts";
import { attempt, Loaded } from "../parts.tsx";
import { Trouble } from "./answer.tsx";
import { MailboxForm } from "./form.tsx";
import { texts } from "./texts.ts";

const PATH = "/api/inboxes/{inbox_id}/email/mailbox";
/** How a mailbox is doing is looked up so often while its settings are open. */
const LOOK_MS = 3000;
const tones: Record<MailboxView["state"], Tone> = { waiting: "info", well: "success", failing: "danger" };

/** Whether this inbox's mail is fetched by IMAP, from where, and how that goes. */
export function Fetching({ inbox }: { inbox: number }) {
  const t = texts.use();
  const [editing, setEditing] = useState(false);
  const queryKey = ["email", inbox, "mailbox"];
  const query = useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      try {
        return await api.get(PATH, { path: { inbox_id: inbox }, signal });
      } catch (error) {
        if (isProblem(error, "not_found")) return null;
        throw error;
      }
    },
    refetchInterval: LOOK_MS,
  });
  const fetchedAt = query.data?.last_fetched_at;
  useEffect(() => {
    if (fetchedAt) void queries.invalidateQueries({ queryKey: ["mails", "of-inbox", inbox] });
  }, [fetchedAt, inbox]);
  const stop = async (): Promise<void> => {
    if (!(await confirm({ title: t("stop.title"), text: t("stop.text"), action: t("stop"), danger: true }))) return;
    if (await attempt(() => api.delete(PATH, { path: { inbox_id: inbox } }))) queries.setQueryData(queryKey, null);
  };
  const saved = (mailbox: MailboxView): void => {
    queries.setQueryData(queryKey, mailbox);
    setEditing(false);
    toast({ tone: "success", title: t("saved"), key: "settings" });
  };
  return (
    <section className="flex flex-col gap-3 border-t border-line pt-5" aria-label={t("title")}>
      <div>
        <h3 className="font-medium">{t("title")}</h3>
        <p className="text-sm text-muted">{t("text")}</p>
      </div>
      <Loaded query={query}>
        {(mailbox) =>
          editing ? (
            <MailboxForm inbox={inbox} mailbox={mailbox} saved={saved} cancel={() => setEditing(false)} />
          ) : mailbox ? (
            <>
              <Standing mailbox={mailbox} />
              <div className="flex flex-wrap gap-2">
                <Button onClick={() => setEditing(true)}>{t("change")}</Button>
                <Button onClick={() => void stop()}>{t("stop")}</Button>
              </div>
            </>
          ) : (
            <div className="flex flex-wrap items-center justify-between gap-3">
              <p className="text-sm text-muted">{t("none")}</p>
              <Button onClick={() => setEditing(true)}>{t("set")}</Button>
            </div>
          )
        }
      </Loaded>
    </section>
  );
}

function Standing({ mailbox }: { mailbox: MailboxView }) {
  const t = texts.use();
  return (
    <div className="flex flex-col gap-2 text-sm">
      <p className="flex flex-wrap items-center gap-2">
        <Badge tone={tones[mailbox.state]}>{t(`state.${mailbox.state}`)}</Badge>
        <bdi dir="ltr" className="min-w-0 truncate">
          {mailbox.username} · {mailbox.host} · {mailbox.folder}
        </bdi>
        <span className="text-xs text-faint">{mailbox.last_fetched_at ? <LastFetched at={mailbox.last_fetched_at} /> : t("never")}</span>
      </p>
      <div role="status">{mailbox.error_code !== "" && <Trouble code={mailbox.error_code} words={mailbox.error} />}</div>
    </div>
  );
}

function LastFetched({ at }: { at: string }) {
  const t = texts.use();
  const [before, after] = t("last", { ago: "\n" }).split("\n");
  return (
    <>
      {before}
      <Ago at={at} />
      {after}
    </>
  );
}

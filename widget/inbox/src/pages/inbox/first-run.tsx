import { Button } from "#ui/button.tsx";
import { cn } from "#ui/cn.ts";
import { CopyButton } from "#ui/copy-button.tsx";
import { toast } from "#ui/toast.tsx";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { BookOpen, Check, MessageCircle, UserRoundPlus, type LucideIcon } from "lucide-react";
import { createElement, useId, useState, type ReactNode } from "react";
import { api } from "../../api/client.ts";
import { colleaguesQuery, inboxesQuery } from "../../data/people.ts";
import { queries } from "../../data/queries.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { useMe } from "../../session/session.ts";
import { articlesQuery } from "../knowledge/data.ts";
import { texts } from "./texts.ts";

/** What the admin of a new organization does first. It goes away with the first conversation. */
export default function FirstRun() {
  const t = texts.use();
  const { name } = useMe();
  const id = useId();
  const { data: articles } = useInfiniteQuery(articlesQuery({}));
  const { data: colleagues } = useQuery(colleaguesQuery);
  return (
    <section aria-labelledby={id} data-first-run="" className="m-auto w-full max-w-130 px-6 py-10 max-md:px-4 max-md:py-6">
      <h2 id={id} className="text-xl font-semibold">
        {t("first.title", { name: name.split(" ")[0] ?? name })}
      </h2>
      <p className="mt-1 text-sm text-muted">{t("first.text")}</p>
      <ol aria-label={t("first")} className="mt-5 flex flex-col gap-3">
        <Chat />
        <Step
          icon={BookOpen}
          title={t("first.article")}
          text={t("first.article.text")}
          done={(articles?.pages[0]?.items.length ?? 0) > 0}
          action={
            <Button asChild>
              <Link to="/knowledge" search={{ article: "new" }}>
                {t("first.article.action")}
              </Link>
            </Button>
          }
        />
        <Step
          icon={UserRoundPlus}
          title={t("first.colleague")}
          text={t("first.colleague.text")}
          done={(colleagues?.length ?? 0) > 1}
          action={
            <Button asChild>
              <Link to="/settings/$section" params={{ section: "users" }}>
                {t("first.colleague.action")}
              </Link>
            </Button>
          }
        />
      </ol>
    </section>
  );
}

/** Before there is an inbox: makes it. Then: the line to paste; whether it was pasted is known when somebody writes. */
function Chat() {
  const t = texts.use();
  const { data: inboxes } = useQuery(inboxesQuery);
  const [busy, setBusy] = useState(false);
  const make = async (): Promise<void> => {
    setBusy(true);
    try {
      await api.post("/api/inboxes", { body: { name: t("first.chat.name"), greeting: "", access: "everyone", ai_enabled: true, ai_mode: "answer" } });
      await queries.invalidateQueries(inboxesQuery);
    } catch (error) {
      toast({ tone: "error", title: t("first.chat.failed"), text: problemText(error), key: "first" });
    }
    setBusy(false);
  };
  const inbox = inboxes?.[0];
  if (!inbox) {
    return (
      <Step
        icon={MessageCircle}
        title={t("first.chat")}
        text={t("first.chat.none")}
        action={
          <Button variant="primary" onClick={() => void make()} busy={busy} disabled={inboxes === undefined}>
            {t("first.chat.make")}
          </Button>
        }
      />
    );
  }
  return (
    <Step icon={MessageCircle} title={t("first.chat")} text={t("first.chat.paste")}>
      <div className="mt-2 flex items-start gap-2 rounded-sm border border-line bg-sunken p-2 ps-3">
        <pre dir="ltr" className="min-w-0 flex-1 py-1 font-mono text-xs break-all whitespace-pre-wrap">
          {inbox.snippet}
        </pre>
        <CopyButton text={inbox.snippet} />
      </div>
      <Link to="/settings/$section" params={{ section: "inboxes" }} className="mt-2 inline-block text-sm text-accent-text underline underline-offset-2">
        {t("first.chat.settings")}
      </Link>
    </Step>
  );
}

interface StepProps {
  icon: LucideIcon;
  title: string;
  text: string;
  done?: boolean;
  action?: ReactNode;
  children?: ReactNode;
}

function Step({ icon, title, text, done = false, action, children }: StepProps) {
  const t = texts.use();
  return (
    <li className="flex items-start gap-3 rounded-md border border-line p-4">
      <span className={cn("flex size-8 shrink-0 items-center justify-center rounded-full", done ? "bg-success-soft text-success" : "bg-accent-soft text-accent-text")}>
        {createElement(done ? Check : icon, { className: "size-4", "aria-hidden": true })}
      </span>
      <div className="min-w-0 flex-1">
        <h3 className="text-sm font-semibold">
          {title}
          {done && <span className="font-normal text-success"> · {t("first.done")}</span>}
        </h3>
        <p className="text-sm text-muted">{text}</p>
        {children}
        {action && !done && <div className="mt-3">{action}</div>}
      </div>
    </li>
  );
}

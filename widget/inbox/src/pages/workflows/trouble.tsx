import type { WorkflowView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { toast } from "#ui/toast.tsx";
import { Link } from "@tanstack/react-router";
import { MailWarning } from "lucide-react";
import { useState } from "react";
import { problemText } from "../../i18n/problem-text.ts";
import { useIsRole } from "../../session/session.ts";
import { activate } from "./data.ts";
import { texts, word } from "./texts.ts";

const OF_PLAN = new Set(["plan_limit", "emails_limit"]);
const OF_STEP = new Set(["no_inbox", "no_address", "no_topic", "topic_archived", "faulty_template", "no_subject"]);

/** Where it can be mended: at the inbox's server, in the plan, in a step; or nobody knows. */
const placeOf = (code: string): "server" | "plan" | "step" | "unknown" =>
  OF_PLAN.has(code) ? "plan" : OF_STEP.has(code) ? "step" : code === "halted" || word("trouble", code, "") === "" ? "unknown" : "server";

/** Why the mail of a workflow had to stop, and what to do about it. */
export function Trouble({ workflow: { id, status, trouble, trouble_detail } }: { workflow: WorkflowView }) {
  const t = texts.use();
  const isAdmin = useIsRole("admin");
  const [busy, setBusy] = useState(false);
  if (!trouble) return null;
  const place = placeOf(trouble);
  const goOn = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    try {
      await activate(id);
      toast({ tone: "success", title: t("mended"), key: "workflow" });
    } catch (error) {
      toast({ tone: "error", title: t("failed"), text: problemText(error), key: "workflow" });
    }
    setBusy(false);
  };
  return (
    <section aria-label={t("trouble")} className="flex shrink-0 flex-wrap items-center gap-3 border-b border-line bg-warning-soft px-4 py-2 text-sm text-warning">
      <MailWarning className="size-4 shrink-0" aria-hidden />
      <div className="min-w-72 flex-1">
        <p className="font-medium">{t("trouble.text", { why: word("trouble", trouble, trouble.replaceAll("_", " ")) })}</p>
        <p>{t(`mend.${place}`)}</p>
        {trouble_detail && (
          <p className="text-xs">
            {t("trouble.said")} <bdi className="font-mono wrap-anywhere">{trouble_detail}</bdi>
          </p>
        )}
      </div>
      {(place === "server" || (place === "plan" && isAdmin)) && (
        <Button size="sm" asChild>
          <Link to="/settings/$section" params={{ section: place === "server" ? "inboxes" : "organization" }}>
            {t(`mend.${place}.link`)}
          </Link>
        </Button>
      )}
      {status === "active" && (
        <Button size="sm" busy={busy} onClick={() => void goOn()}>
          {t("mend.go")}
        </Button>
      )}
    </section>
  );
}

import type { OrderActionView, OrderDetails } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { confirm } from "#ui/confirm.ts";
import { Dialog } from "#ui/dialog.tsx";
import { Ago } from "#ui/time.tsx";
import { toast } from "#ui/toast.tsx";
import { Ban, Mail, Undo2 } from "lucide-react";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { useUserName } from "../../data/people.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { useIsRole } from "../../session/session.ts";
import { Ask } from "./ask.tsx";
import { refreshOrder } from "./data.ts";
import { useMoney } from "./money.ts";
import { texts } from "./texts.ts";

type Kind = OrderActionView["kind"];

const icons = { refund: Undo2, cancel: Ban, resend: Mail };
/** Said only where they are news: that all was given back, or sent, the badges say. */
const TELLING = ["under_way", "not_cancellable", "nothing_left"] as const;

/** What can be done with an order, what limits it, and what waits. */
export function Actions({ details, conversation }: { details: OrderDetails; conversation: number | undefined }) {
  const t = texts.use();
  const money = useMoney();
  const [asking, setAsking] = useState<Kind>();
  const { order, abilities } = details;
  const offered = abilities.filter(({ trouble }) => trouble !== "not_possible");
  const refund = offered.find(({ kind, trouble }) => kind === "refund" && trouble === "");
  const isLimited = refund !== undefined && Number(refund.alone_most) < Number(refund.most);
  const cancelWaits = offered.some(({ kind, trouble, is_alone }) => kind === "cancel" && trouble === "" && !is_alone);
  const reasons = offered.filter(({ trouble }) => TELLING.some((each) => each === trouble));
  const ability = abilities.find(({ kind }) => kind === asking);
  return (
    <section aria-label={t("actions")} className="flex flex-col gap-2">
      {details.actions.filter(({ state }) => ["waiting", "running", "uncertain", "failed"].includes(state)).map((action) => (
        <Open key={action.id} action={action} currency={order.currency} />
      ))}
      {offered.length > 0 ? (
        <div className="flex flex-wrap gap-2">
          {offered.map(({ kind, trouble }) => {
            const Icon = icons[kind];
            return (
              <Button key={kind} disabled={trouble !== ""} onClick={() => setAsking(kind)}>
                <Icon aria-hidden />
                {t(`do.${kind}`)}
              </Button>
            );
          })}
        </div>
      ) : (
        <p className="text-xs text-faint">{t("actions.none")}</p>
      )}
      {(isLimited || cancelWaits || reasons.length > 0) && (
        <ul className="flex flex-col gap-0.5 text-xs text-muted">
          {isLimited && <li>{Number(refund.alone_most) > 0 ? t("limit.some", { amount: money(refund.alone_most, order.currency) }) : t("limit.none")}</li>}
          {cancelWaits && <li>{t("limit.cancel")}</li>}
          {reasons.map(({ kind, trouble }) => (
            <li key={kind}>{t(`why.${kind}.${trouble}` as "why.refund.under_way")}</li>
          ))}
        </ul>
      )}
      <Dialog open={ability !== undefined} onOpenChange={() => setAsking(undefined)}>
        {ability && <Ask details={details} ability={ability} conversation={conversation} close={() => setAsking(undefined)} />}
      </Dialog>
    </section>
  );
}

/** Something that is not over: it waits for an admin, is being done, or nobody knows. */
function Open({ action, currency }: { action: OrderActionView; currency: string }) {
  const t = texts.use();
  const money = useMoney();
  const nameOf = useUserName();
  const isAdmin = useIsRole("admin");
  const [busy, setBusy] = useState(false);
  const amount = money(action.amount, currency);

  const run = async (what: "approve" | "reject" | "again"): Promise<void> => {
    if (busy) return;
    if (what === "approve" && action.kind !== "resend") {
      const yes = await confirm({ title: t(`approve.${action.kind}`, { amount, number: action.order_number }), text: t("approve.text"), action: t("approve"), danger: true });
      if (!yes) return;
    }
    setBusy(true);
    try {
      await api.post(`/api/order-actions/{order_action_id}/${what}`, { path: { order_action_id: action.id } });
    } catch (error) {
      toast({ tone: "error", title: t("failed"), text: problemText(error), key: "order" });
    }
    refreshOrder(action.order_id);
    setBusy(false);
  };

  return (
    <div role="status" className="flex flex-col gap-2 rounded-md border border-line bg-sunken px-3 py-2.5 text-sm">
      <p className="font-medium">{t(`action.${action.kind}.${action.state}`, { amount })}</p>
      <p className="text-xs text-muted">
        {[nameOf(action.asked_by), action.note, action.trouble].filter(Boolean).map((word) => (
          <span key={word}>
            <bdi>{word}</bdi> ·{" "}
          </span>
        ))}
        <Ago at={action.created_at} />
      </p>
      {action.state === "waiting" && !isAdmin && <p className="text-xs text-muted">{t("waiting.text")}</p>}
      {isAdmin && action.state === "waiting" && (
        <div className="flex flex-wrap gap-2">
          <Button size="sm" variant="primary" busy={busy} onClick={() => void run("approve")}>
            {t("approve")}
          </Button>
          <Button size="sm" busy={busy} onClick={() => void run("reject")}>
            {t("reject")}
          </Button>
        </div>
      )}
      {isAdmin && (action.state === "uncertain" || action.state === "failed") && (
        <div className="flex flex-wrap items-center gap-2">
          <Button size="sm" busy={busy} onClick={() => void run("again")}>
            {t("again")}
          </Button>
          <span className="text-xs text-muted">{t("again.text")}</span>
        </div>
      )}
    </div>
  );
}

import { clientId } from "#shared/ids.ts";
import type { Ability, OrderDetails } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { DialogContent } from "#ui/dialog.tsx";
import { Field, Input, Textarea } from "#ui/field.tsx";
import { toast } from "#ui/toast.tsx";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { isProblem } from "../../api/problem.ts";
import { app } from "../../i18n/app.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { refreshOrder } from "./data.ts";
import { plain, useMoney } from "./money.ts";
import { texts } from "./texts.ts";

interface AskProps {
  details: OrderDetails;
  ability: Ability;
  conversation: number | undefined;
  close: () => void;
}

const AMOUNT = /^\d{1,10}(?:\.\d{1,3})?$/;
const KNOWN = ["too_much", "under_way", "not_cancellable", "not_possible", "another_customer", "other_request"] as const;

/** Has something done with an order: at once, or once an admin says yes, which is said before. */
export function Ask({ details: { order }, ability, conversation, close }: AskProps) {
  const t = texts.use();
  const shell = app.use();
  const money = useMoney();
  const { kind } = ability;
  const isRefund = kind === "refund";
  const [amount, setAmount] = useState(plain(ability.most));
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  // One id for all tries at the same thing: the shop is asked for it once. Something else is another request.
  const [id, setId] = useState(() => clientId());
  const change = (set: (value: string) => void, value: string): void => {
    set(value);
    setId(clientId());
  };
  const typed = amount.trim().replace(",", ".");
  const isFit = !isRefund || (AMOUNT.test(typed) && Number(typed) > 0 && Number(typed) <= Number(ability.most));
  const waits = isRefund ? Number(typed) > Number(ability.alone_most) : !ability.is_alone;
  const shown = isFit && isRefund ? money(typed, order.currency) : "";

  const ask = async (): Promise<void> => {
    if (busy || !isFit) return;
    setBusy(true);
    try {
      const body = { client_id: id, kind, note: note.trim(), ...(isRefund && { amount: typed }), ...(conversation !== undefined && { conversation_id: conversation }) };
      const made = await api.post("/api/orders/{order_id}/actions", { path: { order_id: order.id }, body });
      refreshOrder(order.id);
      close();
      toast({ tone: "success", title: t(made.state === "waiting" ? "asked.waiting" : "asked.running"), key: "order" });
    } catch (error) {
      const known = KNOWN.find((code) => isProblem(error, code));
      setFailure(known ? t(`refused.${known}`) : problemText(error));
      setBusy(false);
    }
  };

  return (
    <DialogContent
      title={t(`ask.${kind}`, { number: order.order_number })}
      text={t(`ask.${kind}.text`)}
      footer={
        <>
          <Button onClick={close}>{shell("cancel")}</Button>
          <Button variant={kind === "resend" ? "primary" : "danger"} type="submit" form="ask-order-action" busy={busy} disabled={!isFit}>
            {waits ? t("ask.ask") : isRefund && shown ? t("ask.refund.action", { amount: shown }) : t(`do.${kind}`)}
          </Button>
        </>
      }
    >
      <form
        id="ask-order-action"
        noValidate
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        {isRefund && (
          <Field
            label={t("amount", { currency: order.currency })}
            hint={t("amount.hint", { amount: money(ability.most, order.currency) })}
            error={isFit ? undefined : t("amount.wrong", { amount: money(ability.most, order.currency) })}
          >
            {(ids) => <Input {...ids} dir="ltr" inputMode="decimal" value={amount} maxLength={14} onChange={(event) => change(setAmount, event.target.value)} />}
          </Field>
        )}
        {kind !== "resend" && (
          <Field label={t("reason")} hint={t("reason.hint")}>
            {(ids) => <Textarea {...ids} value={note} maxLength={200} onChange={(event) => change(setNote, event.target.value.replaceAll("\n", " "))} className="min-h-16" />}
          </Field>
        )}
        {waits && isFit && (
          <p role="status" className="rounded-sm bg-warning-soft px-3 py-2 text-sm text-warning">
            {t("ask.waits")}
          </p>
        )}
        {failure && (
          <p role="alert" className="text-sm text-danger">
            {failure}
          </p>
        )}
      </form>
    </DialogContent>
  );
}

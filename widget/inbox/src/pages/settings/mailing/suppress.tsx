import type { SuppressionView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { DialogContent } from "#ui/dialog.tsx";
import { Field, Input } from "#ui/field.tsx";
import { focusOnMount } from "#ui/focus.ts";
import { toast } from "#ui/toast.tsx";
import { useState, type ReactNode } from "react";
import { api } from "../../../api/client.ts";
import { invalidate } from "../../../data/queries.ts";
import { app } from "../../../i18n/app.ts";
import { attempt } from "../parts.tsx";
import { texts } from "./texts.ts";

const WHY_MAX = 300;

interface ReasonedProps {
  title: string;
  text: ReactNode;
  action: string;
  done: string;
  isReady: boolean;
  work: (why: string) => Promise<unknown>;
  close: () => void;
  children?: ReactNode;
}

/** Something that is done only with a reason, which the audit log keeps. */
function Reasoned({ title, text, action, done, isReady, work, close, children }: ReasonedProps) {
  const t = texts.use();
  const shell = app.use();
  const [why, setWhy] = useState("");
  const [busy, setBusy] = useState(false);
  const run = async (): Promise<void> => {
    if (busy || !isReady || !why.trim()) return;
    setBusy(true);
    if (await attempt(() => work(why.trim()))) {
      invalidate("suppressions");
      invalidate("consents");
      close();
      toast({ tone: "success", title: done, key: "settings" });
    } else setBusy(false);
  };
  return (
    <DialogContent
      title={title}
      text={text}
      footer={
        <>
          <Button onClick={close}>{shell("cancel")}</Button>
          <Button variant="primary" type="submit" form="reasoned" busy={busy} disabled={!isReady || !why.trim()}>
            {action}
          </Button>
        </>
      }
    >
      <form
        id="reasoned"
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        {children}
        <Field label={t("why")} hint={t("why.hint")}>
          {(ids) => <Input {...ids} {...(children ? {} : { ref: focusOnMount })} value={why} onChange={({ target }) => setWhy(target.value)} maxLength={WHY_MAX} />}
        </Field>
      </form>
    </DialogContent>
  );
}

export function Suppress({ close }: { close: () => void }) {
  const t = texts.use();
  const [address, setAddress] = useState("");
  const isAddress = /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(address.trim());
  return (
    <Reasoned
      title={t("suppress.title")}
      text={t("suppress.text")}
      action={t("suppress.action")}
      done={t("suppress.done")}
      isReady={isAddress}
      work={(why) => api.post("/api/suppressions", { body: { address: address.trim(), why } })}
      close={close}
    >
      <Field label={t("address")}>{(ids) => <Input {...ids} ref={focusOnMount} type="email" dir="ltr" value={address} onChange={({ target }) => setAddress(target.value)} maxLength={254} />}</Field>
    </Reasoned>
  );
}

export function Remove({ suppression: { id, address, reason }, close }: { suppression: SuppressionView; close: () => void }) {
  const t = texts.use();
  return (
    <Reasoned
      title={t("remove.title", { address: address || t("forgotten") })}
      text={t(reason === "complained" || reason === "unsubscribed" ? "remove.text.said" : "remove.text")}
      action={t("remove")}
      done={t("remove.done")}
      isReady
      work={(why) => api.post("/api/suppressions/{suppression_id}/remove", { path: { suppression_id: id }, body: { why } })}
      close={close}
    />
  );
}

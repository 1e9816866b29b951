import type { ContinuityView, InboxView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Checkbox, Choice } from "#ui/choice.tsx";
import { cn } from "#ui/cn.ts";
import { DialogContent } from "#ui/dialog.tsx";
import { Field, fieldClass, Input } from "#ui/field.tsx";
import { EmptyState } from "#ui/states.tsx";
import { useQuery } from "@tanstack/react-query";
import { MailX } from "lucide-react";
import { useState } from "react";
import { api } from "../../../api/client.ts";
import { queries } from "../../../data/queries.ts";
import { app } from "../../../i18n/app.ts";
import { attempt, Loaded } from "../parts.tsx";
import { texts } from "../texts.ts";

const MINUTES_MAX = 24 * 60;

/** What becomes of replies in a chat whose visitor has left. */
export default function Continuity({ inbox, close }: { inbox: InboxView; close: () => void }) {
  const t = texts.use();
  const query = useQuery({
    queryKey: ["continuity", inbox.id],
    queryFn: ({ signal }) => api.get("/api/inboxes/{inbox_id}/continuity", { path: { inbox_id: inbox.id }, signal }),
  });
  return (
    <DialogContent title={t("inboxes.left.of", { name: inbox.name })} text={t("inboxes.left.text")}>
      <Loaded query={query}>
        {(chosen) => (chosen.mail_inboxes.length === 0 ? <EmptyState icon={MailX} title={t("inboxes.left.none")} text={t("inboxes.left.none.text")} /> : <Choose key={[chosen.enabled, chosen.mail_inbox_id, chosen.delay_s].join()} chosen={chosen} close={close} />)}
      </Loaded>
    </DialogContent>
  );
}

function Choose({ chosen, close }: { chosen: ContinuityView; close: () => void }) {
  const t = texts.use();
  const shell = app.use();
  const [enabled, setEnabled] = useState(chosen.enabled);
  const [from, setFrom] = useState(chosen.mail_inbox_id ?? chosen.mail_inboxes[0]?.inbox_id);
  const [minutes, setMinutes] = useState(String(Math.max(1, Math.round(chosen.delay_s / 60))));
  const [busy, setBusy] = useState(false);
  const isFit = /^\d{1,4}$/.test(minutes) && Number(minutes) >= 1 && Number(minutes) <= MINUTES_MAX;
  const save = async (): Promise<void> => {
    if (busy || !isFit) return;
    setBusy(true);
    const body = { enabled, mail_inbox_id: from ?? null, delay_s: Number(minutes) * 60 };
    const kept = await attempt(async () => {
      queries.setQueryData(["continuity", chosen.inbox_id], await api.put("/api/inboxes/{inbox_id}/continuity", { path: { inbox_id: chosen.inbox_id }, body }));
    });
    setBusy(false);
    if (kept) close();
  };
  return (
    <form
      className="flex flex-col gap-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Choice label={t("inboxes.left.on")} hint={t("inboxes.left.on.hint")}>
        {(ids) => <Checkbox {...ids} checked={enabled} onCheckedChange={(next) => setEnabled(next === true)} />}
      </Choice>
      <Field label={t("inboxes.left.from")} hint={t("inboxes.left.from.hint")}>
        {(ids) => (
          <select {...ids} value={from} disabled={!enabled} onChange={(event) => setFrom(Number(event.target.value))} className={cn(fieldClass, "h-8 touch:h-10")}>
            {chosen.mail_inboxes.map(({ inbox_id, name, address }) => (
              <option key={inbox_id} value={inbox_id}>
                {`${name} — ${address}`}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t("inboxes.left.delay")} hint={t("inboxes.left.delay.hint")} error={isFit ? undefined : t("inboxes.left.delay.wrong")}>
        {(ids) => <Input {...ids} type="number" inputMode="numeric" min={1} max={MINUTES_MAX} disabled={!enabled} value={minutes} onChange={(event) => setMinutes(event.target.value.trim())} className="max-w-32" />}
      </Field>
      <div className="flex justify-end">
        <Button variant="primary" type="submit" busy={busy} disabled={!isFit}>
          {shell("save")}
        </Button>
      </div>
    </form>
  );
}

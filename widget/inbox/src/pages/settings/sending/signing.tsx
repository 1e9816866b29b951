import type { RecordCheck, SigningKeyView, SigningView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Choice, Switch } from "#ui/choice.tsx";
import { cn } from "#ui/cn.ts";
import { confirm } from "#ui/confirm.ts";
import { CopyButton } from "#ui/copy-button.tsx";
import { useState } from "react";
import { api } from "../../../api/client.ts";
import { queries } from "../../../data/queries.ts";
import { attempt } from "../parts.tsx";
import { texts } from "./texts.ts";

interface SigningProps {
  inbox: number;
  queryKey: unknown[];
  signing: SigningView;
}

export function Signing({ inbox, queryKey, signing: { domain, key } }: SigningProps) {
  const t = texts.use();
  const [busy, setBusy] = useState(false);
  const path = { inbox_id: inbox };
  const make = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    await attempt(async () => queries.setQueryData(queryKey, await api.post("/api/inboxes/{inbox_id}/email/dkim", { path })));
    setBusy(false);
  };
  return (
    <div className="flex flex-col gap-3 pt-2">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="min-w-0 flex-1 basis-60">
          <h4 className="text-sm font-medium">{t("signing")}</h4>
          <p className="text-sm text-muted">{t("signing.text", { domain })}</p>
        </div>
        {!key && (
          <Button onClick={() => void make()} busy={busy}>
            {t("signing.make")}
          </Button>
        )}
      </div>
      {key && <Key key={key.name} inbox={inbox} queryKey={queryKey} domain={domain} found={key} />}
    </div>
  );
}

function Key({ inbox, queryKey, domain, found }: { inbox: number; queryKey: unknown[]; domain: string; found: SigningKeyView }) {
  const t = texts.use();
  const [busy, setBusy] = useState<"check" | "switch" | "remove">();
  const [record, setRecord] = useState<RecordCheck>();
  const path = { inbox_id: inbox };
  const during = async (what: "check" | "switch" | "remove", work: () => Promise<unknown>): Promise<void> => {
    if (busy) return;
    setBusy(what);
    await attempt(work);
    setBusy(undefined);
  };
  const look = async (): Promise<RecordCheck> => {
    setRecord(undefined);
    const answer = await api.post("/api/inboxes/{inbox_id}/email/dkim/check", { path });
    setRecord(answer);
    return answer;
  };
  const turn = async (on: boolean): Promise<void> => {
    const isThere = !on || found.is_on || !["missing", "different"].includes((await look()).code);
    if (!isThere && !(await confirm({ title: t("signing.anyway.title"), text: t("signing.anyway.text", { domain }), action: t("signing.anyway"), danger: true }))) return;
    queries.setQueryData(queryKey, await api.put("/api/inboxes/{inbox_id}/email/dkim", { path, body: { is_on: on } }));
  };
  const remove = async (): Promise<void> => {
    if (!(await confirm({ title: t("signing.remove.title", { domain }), text: t("signing.remove.text"), action: t("signing.remove"), danger: true }))) return;
    await api.delete("/api/inboxes/{inbox_id}/email/dkim", { path });
    await queries.invalidateQueries({ queryKey });
  };
  return (
    <>
      <p className="text-sm text-muted">{t("signing.publish", { domain })}</p>
      <ul className="flex flex-col gap-2">
        <Line label={t("signing.name")} text={found.name} copy={t("signing.copy.name")} />
        <Line label={t("signing.value")} text={found.value} copy={t("signing.copy.value")} />
      </ul>
      <div role="status" className={cn("rounded-sm px-3 py-2 text-sm empty:hidden", record?.code === "found" ? "bg-success-soft text-success" : "bg-warning-soft text-warning")}>
        {record && (
          <>
            <p>{t(`record.${record.code}`)}</p>
            {record.said && <bdi className="mt-1 block font-mono text-xs break-all">{record.said}</bdi>}
          </>
        )}
      </div>
      <Choice label={t("signing.on", { domain })} hint={t("signing.on.hint")}>
        {(ids) => <Switch {...ids} checked={found.is_on} aria-busy={busy === "switch"} onCheckedChange={(on) => void during("switch", () => turn(on))} />}
      </Choice>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={() => void during("remove", remove)} busy={busy === "remove"}>
          {t("signing.remove")}
        </Button>
        <Button onClick={() => void during("check", look)} busy={busy === "check"}>
          {t("signing.check")}
        </Button>
      </div>
    </>
  );
}

function Line({ label, text, copy }: { label: string; text: string; copy: string }) {
  return (
    <li className="flex flex-wrap items-start gap-2 rounded-sm border border-line bg-sunken p-2 ps-3">
      <div className="min-w-0 flex-1 basis-60">
        <p className="text-xs text-muted">{label}</p>
        <p dir="ltr" className="font-mono text-xs break-all">
          {text}
        </p>
      </div>
      <CopyButton text={text} label={copy} />
    </li>
  );
}

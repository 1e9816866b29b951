import type { SuppressionView } from "#shared/wire.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { Field, Input } from "#ui/field.tsx";
import { Select } from "#ui/select.tsx";
import { EmptyState } from "#ui/states.tsx";
import { Ago } from "#ui/time.tsx";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { FileUp, MailX, Plus, SearchX } from "lucide-react";
import { useState } from "react";
import { suppressionsQuery } from "../../../data/consent.ts";
import { app } from "../../../i18n/app.ts";
import { useSettled } from "../../../use-settled.ts";
import { Loaded } from "../parts.tsx";
import { names } from "../sections.ts";
import { Evidence } from "./evidence.tsx";
import { ImportSuppressions } from "./import.tsx";
import { Remove, Suppress } from "./suppress.tsx";
import { texts } from "./texts.ts";

type Reason = SuppressionView["reason"];
const reasons = ["bounced", "complained", "manual", "unsubscribed", "imported"] as const satisfies readonly Reason[];

/** Addresses that get no mail, or none that advertises, and why. */
export default function Suppressions() {
  const t = texts.use();
  const shell = app.use();
  const [address, setAddress] = useState("");
  const [reason, setReason] = useState<Reason>();
  const [dialog, setDialog] = useState<"add" | "import" | SuppressionView>();
  const asked = useSettled(address).trim();
  const query = useInfiniteQuery({ ...suppressionsQuery(asked, reason), placeholderData: keepPreviousData });
  const close = (): void => setDialog(undefined);
  return (
    <>
      <div className="mb-4 flex flex-wrap items-end gap-3">
        <Field label={t("search")} className="min-w-52 flex-1">
          {(ids) => <Input {...ids} type="search" dir="ltr" value={address} onChange={({ target }) => setAddress(target.value)} maxLength={254} placeholder="ida@example.com" />}
        </Field>
        <Field label={t("reason")} className="w-52 max-sm:w-full">
          {(ids) => (
            <Select {...ids} value={reason ?? "all"} onChange={(next) => setReason(next === "all" ? undefined : next)} options={[{ value: "all" as const, label: t("reason.all") }, ...reasons.map((each) => ({ value: each, label: t(`reason.${each}`) }))]} />
          )}
        </Field>
        <Button onClick={() => setDialog("import")}>
          <FileUp aria-hidden />
          {t("import")}
        </Button>
        <Button variant="primary" onClick={() => setDialog("add")}>
          <Plus aria-hidden />
          {t("suppress")}
        </Button>
      </div>
      <Loaded query={query}>
        {({ pages }) => {
          const found = pages.flatMap(({ items }) => items);
          if (found.length === 0) {
            if (asked || reason) return <EmptyState icon={SearchX} title={t("suppressions.nothing")} text={t("suppressions.nothing.text")} action={<Button onClick={() => (setAddress(""), setReason(undefined))}>{shell("clear")}</Button>} />;
            return <EmptyState icon={MailX} title={t("suppressions.empty")} text={t("suppressions.empty.text")} />;
          }
          return (
            <ul aria-label={names.t("suppressions")} className="flex flex-col divide-y divide-line rounded-md border border-line">
              {found.map((each) => (
                <li key={each.id} className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-3">
                  <div className="min-w-52 flex-1 text-sm">
                    <p className="flex flex-wrap items-center gap-2">
                      {each.address ? <bdi className="font-medium wrap-anywhere">{each.address}</bdi> : <i className="text-muted">{t("forgotten")}</i>}
                      <Badge tone={each.reason === "unsubscribed" || each.reason === "imported" ? "neutral" : "warning"}>{t(`reason.${each.reason}`)}</Badge>
                    </p>
                    <p className="text-xs text-muted">
                      {t(`source.${each.source}`)}
                      {each.by_name && (
                        <>
                          {" · "}
                          <bdi>{each.by_name}</bdi>
                        </>
                      )}
                      {" · "}
                      <Ago at={each.created_at} />
                    </p>
                    <Evidence evidence={each.evidence} />
                  </div>
                  <Button size="sm" onClick={() => setDialog(each)} aria-label={t("remove.of", { address: each.address || t("forgotten") })}>
                    {t("remove")}
                  </Button>
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
      {query.hasNextPage && (
        <div className="mt-4 flex justify-center">
          <Button size="sm" onClick={() => void query.fetchNextPage()} busy={query.isFetchingNextPage}>
            {shell("more")}
          </Button>
        </div>
      )}
      <Dialog open={dialog !== undefined} onOpenChange={close}>
        {dialog === "add" ? <Suppress close={close} /> : dialog === "import" ? <ImportSuppressions close={close} /> : dialog && <Remove suppression={dialog} close={close} />}
      </Dialog>
    </>
  );
}

import type { TrainingView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { Input } from "#ui/field.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Ago } from "#ui/time.tsx";
import { toast } from "#ui/toast.tsx";
import { useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { useSettled } from "../../../use-settled.ts";
import { Card } from "./card.tsx";
import { foundContactsQuery, object, withdrawObjection } from "./data.ts";
import { texts } from "./texts.ts";

/** Who does not want his conversations to be used. */
export function Objections({ view: { objections } }: { view: TrainingView }) {
  const t = texts.use();
  const [adding, setAdding] = useState(false);
  return (
    <Card title={t("objections")} text={t(objections.length ? "objections.text" : "objections.empty")}>
      {objections.length > 0 && (
        <ul aria-label={t("objections")} className="flex flex-col divide-y divide-line">
          {objections.map(({ contact_id, name, email, noted_by, created_at }) => {
            const who = name || email || t("objection.unnamed", { id: contact_id });
            return (
              <li key={contact_id} className="flex items-center gap-3 py-2 text-sm">
                <span className="min-w-0 flex-1">
                  <span className="block truncate">
                    <bdi>{who}</bdi>
                  </span>
                  <span className="block text-xs text-faint">
                    {t("objection.by", { name: noted_by })} <Ago at={created_at} />
                  </span>
                </span>
                <IconButton label={t("objection.withdraw", { name: who })} onClick={() => void withdrawObjection(contact_id)}>
                  <X aria-hidden />
                </IconButton>
              </li>
            );
          })}
        </ul>
      )}
      <Button className="self-start" onClick={() => setAdding(true)}>
        <Plus aria-hidden />
        {t("objection.add")}
      </Button>
      {adding && <Add close={() => setAdding(false)} />}
    </Card>
  );
}

function Add({ close }: { close: () => void }) {
  const t = texts.use();
  const [words, setWords] = useState("");
  const { data } = useQuery(foundContactsQuery(useSettled(words).trim()));
  const choose = async (id: number): Promise<void> => {
    if (!(await object(id))) return;
    toast({ tone: "success", title: t("objection.added"), key: "training" });
    close();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && close()}>
      <DialogContent title={t("objection.add")} text={t("objection.add.text")}>
        <Input type="search" aria-label={t("objection.search")} placeholder={t("objection.search")} value={words} onChange={(event) => setWords(event.target.value)} />
        <ul aria-label={t("objection.found")} className="mt-2 flex flex-col">
          {data?.items.map(({ id, first_name, last_name, email }) => (
            <li key={id}>
              <button type="button" onClick={() => void choose(id)} className="flex w-full items-baseline gap-2 rounded-sm px-2 py-2 text-start text-sm hover:bg-hover">
                <bdi className="truncate">{`${first_name} ${last_name}`.trim() || t("objection.unnamed", { id })}</bdi>
                <bdi className="ms-auto truncate text-xs text-muted">{email}</bdi>
              </button>
            </li>
          ))}
        </ul>
        {data?.items.length === 0 && <p className="mt-2 text-sm text-muted">{t("objection.none")}</p>}
      </DialogContent>
    </Dialog>
  );
}

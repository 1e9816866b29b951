import type { TemplateView } from "#shared/wire.ts";
import { Field } from "#ui/field.tsx";
import { Select } from "#ui/select.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { EmptyState } from "#ui/states.tsx";
import { useQuery } from "@tanstack/react-query";
import { MailX } from "lucide-react";
import { useState } from "react";
import { inboxesQuery } from "../../../data/people.ts";
import { testTemplate } from "../data.ts";
import { TestDialog } from "../test-dialog.tsx";
import { texts } from "../texts.ts";

interface TestProps {
  template: TemplateView;
  /** Saves what is not saved yet; undefined: nothing is. Answers with whether it worked. */
  save: (() => Promise<boolean>) | undefined;
  contact: number | undefined;
  close: () => void;
}

/** Tries a template out, from an inbox that is chosen. */
export default function TestSend({ template, save, contact, close }: TestProps) {
  const t = texts.use();
  const mailing = useQuery(inboxesQuery).data?.filter(({ channel }) => channel === "email");
  const [inbox, setInbox] = useState<string>();
  const from = inbox ?? (mailing?.[0] ? String(mailing[0].id) : undefined);
  return (
    <TestDialog
      isReady={from !== undefined}
      label={t(save ? "test.save-send" : "test.send")}
      contact={contact}
      send={async (to, as) => (save && !(await save()) ? t("test.unsaved") : testTemplate(template.id, { inbox_id: Number(from), to, contact_id: as }))}
      close={close}
      instead={
        mailing === undefined ? (
          <SkeletonRows avatar={false} rows={3} />
        ) : mailing.length === 0 ? (
          <EmptyState icon={MailX} title={t("test.none")} text={t("test.none.text")} className="py-6" />
        ) : undefined
      }
    >
      <Field label={t("test.from")}>{(ids) => <Select {...ids} value={from} onChange={setInbox} options={mailing?.map(({ id, name }) => ({ value: String(id), label: name })) ?? []} />}</Field>
    </TestDialog>
  );
}

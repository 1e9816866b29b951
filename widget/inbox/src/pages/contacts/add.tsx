import type { ContactView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { isProblem } from "../../api/problem.ts";
import { putContact } from "../../data/contacts.ts";
import { app } from "../../i18n/app.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { blank, ContactFields, isEmailFine, isPhoneFine, same, valuesOf } from "./form.tsx";
import { texts } from "./texts.ts";

interface AddContactProps {
  open: boolean;
  close: () => void;
  added: (contact: ContactView) => void;
}

export function AddContact({ open, close, added }: AddContactProps) {
  return (
    <Dialog open={open} onOpenChange={close}>
      {open && <Form close={close} added={added} />}
    </Dialog>
  );
}

function Form({ close, added }: Omit<AddContactProps, "open">) {
  const t = texts.use();
  const shell = app.use();
  const [fields, setFields] = useState(blank);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();

  const add = async (): Promise<void> => {
    setTried(true);
    if (busy || same(fields, blank) || !isEmailFine(fields) || !isPhoneFine(fields)) return;
    setBusy(true);
    try {
      const contact = await api.post("/api/contacts", { body: { ...valuesOf(fields), custom_fields: {} } });
      putContact(contact);
      close();
      added(contact);
    } catch (error) {
      setFailure(isProblem(error, "limit_reached") ? t("limit") : problemText(error));
      setBusy(false);
    }
  };

  return (
    <DialogContent
      title={t("add")}
      text={t("add.text")}
      footer={
        <>
          <Button onClick={close}>{shell("cancel")}</Button>
          <Button variant="primary" type="submit" form="add-contact" busy={busy} disabled={same(fields, blank)}>
            {t("add.action")}
          </Button>
        </>
      }
    >
      <form
        id="add-contact"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <ContactFields fields={fields} set={setFields} tried={tried} focus />
        {failure && (
          <p role="alert" className="mt-3 text-sm text-danger">
            {failure}
          </p>
        )}
      </form>
    </DialogContent>
  );
}

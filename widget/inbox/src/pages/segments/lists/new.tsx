import type { SegmentView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { Field, Input } from "#ui/field.tsx";
import { focusOnMount } from "#ui/focus.ts";
import { useState } from "react";
import { isProblem } from "../../../api/problem.ts";
import { makeList } from "../../../data/segments.ts";
import { app } from "../../../i18n/app.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { texts } from "../texts.ts";

/** Names a list that is to be. */
export default function NewList({ close, made }: { close: () => void; made: (list: SegmentView) => void }) {
  const t = texts.use();
  const shell = app.use();
  const [name, setName] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const make = async (): Promise<void> => {
    if (busy || !name.trim()) return;
    setBusy(true);
    try {
      const list = await makeList(name.trim());
      close();
      made(list);
    } catch (error) {
      setProblem(isProblem(error, "duplicate_segment") ? t("name.taken") : problemText(error));
      setBusy(false);
    }
  };
  return (
    <Dialog open onOpenChange={close}>
      <DialogContent
        title={t("new.list")}
        text={t("new.list.text")}
        footer={
          <>
            <Button onClick={close}>{shell("cancel")}</Button>
            <Button variant="primary" type="submit" form="new-list" busy={busy} disabled={!name.trim()}>
              {t("create")}
            </Button>
          </>
        }
      >
        <form
          id="new-list"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void make();
          }}
        >
          <Field label={t("name")} error={problem}>
            {(ids) => <Input {...ids} ref={focusOnMount} value={name} onChange={({ target }) => setName(target.value)} maxLength={120} />}
          </Field>
        </form>
      </DialogContent>
    </Dialog>
  );
}

import type { ConsentStructsImportReport as Report } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { DialogContent } from "#ui/dialog.tsx";
import { Field, Textarea } from "#ui/field.tsx";
import { useRef, useState } from "react";
import { api } from "../../../api/client.ts";
import { invalidate } from "../../../data/queries.ts";
import { app } from "../../../i18n/app.ts";
import { attempt } from "../parts.tsx";
import { rowsIn } from "./rows.ts";
import { texts } from "./texts.ts";

const ROWS_MAX = 5000;
const LINES = 10;

/** Takes in a list from elsewhere: tried before anything is changed. */
export function ImportSuppressions({ close }: { close: () => void }) {
  const t = texts.use();
  const shell = app.use();
  const [text, setText] = useState("");
  const [report, setReport] = useState<Report>();
  const [busy, setBusy] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const rows = rowsIn(text);
  const isTooLong = rows.length > ROWS_MAX;
  const type = (next: string): void => {
    setText(next);
    setReport(undefined);
  };
  const send = async (dry_run: boolean): Promise<void> => {
    if (busy || rows.length === 0 || isTooLong) return;
    setBusy(true);
    await attempt(async () => setReport(await api.post("/api/suppressions/import", { body: { rows: rows.map(({ row }) => row), dry_run } })));
    if (!dry_run) {
      invalidate("suppressions");
      invalidate("consents");
    }
    setBusy(false);
  };
  const isDone = report?.dry_run === false;
  return (
    <DialogContent
      title={t("import.title")}
      text={t("import.text")}
      footer={
        isDone ? (
          <Button variant="primary" onClick={close}>
            {shell("close")}
          </Button>
        ) : (
          <>
            <Button className="me-auto" onClick={() => files.current?.click()}>
              {t("import.file")}
            </Button>
            {report ? (
              <Button variant="primary" onClick={() => void send(false)} busy={busy} disabled={report.added === 0}>
                {t("import.run", { count: report.added })}
              </Button>
            ) : (
              <Button variant="primary" onClick={() => void send(true)} busy={busy} disabled={rows.length === 0 || isTooLong}>
                {t("import.try")}
              </Button>
            )}
          </>
        )
      }
    >
      <input ref={files} type="file" hidden accept=".csv,.txt,text/csv,text/plain" aria-label={t("import.file")} onChange={({ target }) => void target.files?.[0]?.text().then(type)} />
      {!isDone && (
        <Field label={t("import.list")} hint={t("import.rows", { count: rows.length })} error={isTooLong ? t("import.too-long") : undefined}>
          {(ids) => <Textarea {...ids} dir="ltr" spellCheck={false} value={text} onChange={({ target }) => type(target.value)} className="min-h-40 font-mono text-xs" placeholder={"ida@example.com\nuna@example.com, bounced, 550 no such user"} />}
        </Field>
      )}
      <div role="status" className="mt-3 text-sm empty:hidden">
        {report && (
          <>
            <p className="font-medium">{t(isDone ? "import.done" : "import.would")}</p>
            <ul className="mt-1 flex flex-col gap-0.5 text-muted">
              <li>{t("import.added", { count: report.added })}</li>
              <li>{t("import.known", { count: report.known })}</li>
              <li>{t("import.contacts", { count: report.contacts })}</li>
              {report.invalid_count > 0 && (
                <li className="text-warning">
                  {t("import.invalid", { count: report.invalid_count })} ({report.invalid.slice(0, LINES).map((place) => rows[place]?.line).join(", ")}
                  {report.invalid_count > LINES && " …"})
                </li>
              )}
            </ul>
          </>
        )}
      </div>
    </DialogContent>
  );
}

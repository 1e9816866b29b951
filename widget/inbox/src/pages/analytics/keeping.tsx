import type { AnalyticsSettings } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { Field, Input } from "#ui/field.tsx";
import { Select } from "#ui/select.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { ErrorState } from "#ui/states.tsx";
import { toast } from "#ui/toast.tsx";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { app } from "../../i18n/app.ts";
import { useLocale } from "../../i18n/locale.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { changeSettings, forgettingQuery, rebuild, settingsQuery } from "./data.ts";
import { texts } from "./texts.ts";

const EVER = "ever";
const choices = [EVER, "90", "180", "365", "730", "1095"];

/** Whose days figures have, how long they are kept, and that they are made anew. */
export default function Keeping({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = texts.use();
  const { data, error, refetch, isFetching } = useQuery({ ...settingsQuery, enabled: isOpen });
  return (
    <Dialog open={isOpen} onOpenChange={(open) => !open && onClose()}>
      {data ? (
        <Form key={`${data.zone} ${data.keep_days}`} settings={data} onClose={onClose} />
      ) : (
        <DialogContent title={t("keeping")}>
          {error ? <ErrorState title={t("error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} /> : <Skeleton className="h-24 w-full" />}
        </DialogContent>
      )}
    </Dialog>
  );
}

function Form({ settings, onClose }: { settings: AnalyticsSettings; onClose: () => void }) {
  const t = texts.use();
  const shell = app.use();
  const form = useId();
  const queries = useQueryClient();
  const [zone, setZone] = useState(settings.zone);
  const before = settings.keep_days === null ? EVER : String(settings.keep_days);
  const [keep, setKeep] = useState(before);
  const [busy, setBusy] = useState(false);

  const perform = async (work: () => Promise<unknown>, done: string): Promise<void> => {
    setBusy(true);
    try {
      await work();
      await queries.invalidateQueries({ queryKey: ["analytics"] });
      toast({ tone: "success", title: done, key: "analytics" });
      onClose();
    } catch (error) {
      toast({ tone: "error", title: t("keeping.failed"), text: problemText(error), key: "analytics" });
    } finally {
      setBusy(false);
    }
  };

  return (
    <DialogContent
      title={t("keeping")}
      footer={
        <>
          <Button variant="ghost" className="me-auto" busy={busy} onClick={() => void perform(rebuild, t("keeping.rebuilding"))}>
            {t("keeping.rebuild")}
          </Button>
          <Button onClick={onClose}>{shell("cancel")}</Button>
          <Button type="submit" form={form} variant="primary" busy={busy}>
            {t("keeping.save")}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void perform(() => changeSettings({ zone: zone.trim(), keep_days: keep === EVER ? null : Number(keep) }), shell("saved"));
        }}
      >
        <Field label={t("keeping.zone")} hint={t("keeping.zone.hint")}>
          {(ids) => (
            <>
              <Input {...ids} dir="ltr" list={`${form}-zones`} value={zone} maxLength={64} required onChange={(event) => setZone(event.target.value)} />
              <datalist id={`${form}-zones`}>
                {Intl.supportedValuesOf("timeZone").map((each) => (
                  <option key={each} value={each}>
                    {each}
                  </option>
                ))}
              </datalist>
            </>
          )}
        </Field>
        <Field label={t("keeping.days")} hint={<Forgetting keep={keep} />}>
          {(ids) => (
            <Select
              {...ids}
              value={keep}
              onChange={setKeep}
              options={[...(choices.includes(before) ? [] : [before]), ...choices].map((each) => ({ value: each, label: each === EVER ? t("keeping.ever") : t("keeping.for", { count: Number(each) }) }))}
            />
          )}
        </Field>
      </form>
    </DialogContent>
  );
}

/** What would go, before anything does. */
function Forgetting({ keep }: { keep: string }) {
  const t = texts.use();
  const locale = useLocale();
  const { data } = useQuery({ ...forgettingQuery(Number(keep)), enabled: keep !== EVER });
  if (keep === EVER) return t("keeping.ever.hint");
  if (!data) return t("keeping.looking");
  const number = new Intl.NumberFormat(locale);
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(Date.parse(`${data.before}T00:00:00Z`));
  return t("keeping.goes", { day, rollups: number.format(data.rollups), facts: number.format(data.facts) });
}

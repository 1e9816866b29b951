import { Segmented } from "#ui/choice.tsx";
import { Field, Input } from "#ui/field.tsx";
import { Select } from "#ui/select.tsx";
import { useNow } from "#ui/time.tsx";
import { useId, useMemo } from "react";
import { useLocale } from "../../../i18n/locale.ts";
import { texts } from "../texts.ts";
import { instantOf, isZone } from "../zone.ts";

export interface When {
  isLater: boolean;
  /** What clocks of `zone` show. */
  local: string;
  zone: string;
  lateness_s: number;
}

const HOUR = 3600;
const DAY = 24 * HOUR;
const latenesses = [HOUR, 4 * HOUR, 12 * HOUR, DAY, 7 * DAY] as const;

/** Now, or at a time: of which zone is always said. */
export function WhenFields({ when, setWhen }: { when: When; setWhen: (when: When) => void }) {
  const t = texts.use();
  const locale = useLocale();
  const now = useNow();
  const list = useId();
  const zones = useMemo(() => Intl.supportedValuesOf("timeZone"), []);
  const isKnown = isZone(when.zone);
  const at = isKnown ? instantOf(when.local, when.zone) : undefined;
  const isOver = at !== undefined && at.getTime() < now;
  return (
    <>
      <Segmented
        aria-label={t("when.title")}
        className="self-start"
        value={when.isLater ? "later" : "now"}
        onChange={(value) => setWhen({ ...when, isLater: value === "later" })}
        options={[
          { value: "now", label: t("when.now") },
          { value: "later", label: t("when.later") },
        ]}
      />
      {when.isLater && (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t("when.time")} error={when.local && isOver ? t("when.over") : undefined}>
              {(ids) => <Input {...ids} type="datetime-local" dir="ltr" value={when.local} onChange={(event) => setWhen({ ...when, local: event.target.value })} />}
            </Field>
            <Field label={t("when.zone")} error={isKnown ? undefined : t("when.zone.unknown")}>
              {(ids) => (
                <>
                  <Input {...ids} dir="ltr" list={list} value={when.zone} onChange={(event) => setWhen({ ...when, zone: event.target.value.trim() })} />
                  <datalist id={list}>
                    {zones.map((zone) => (
                      <option key={zone} value={zone}>
                        {zone}
                      </option>
                    ))}
                  </datalist>
                </>
              )}
            </Field>
          </div>
          {at && !isOver && <p className="text-sm text-muted">{t("when.yours", { time: new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short" }).format(at) })}</p>}
          <Field label={t("when.late")} hint={t("when.late.hint")} className="max-w-72">
            {(ids) => (
              <Select
                {...ids}
                value={String(when.lateness_s)}
                onChange={(value) => setWhen({ ...when, lateness_s: Number(value) })}
                options={latenesses.map((value) => ({ value: String(value), label: lasting(value, locale) }))}
              />
            )}
          </Field>
        </>
      )}
    </>
  );
}

/** Seconds as hours or days. */
function lasting(seconds: number, locale: string): string {
  const isDays = seconds >= DAY;
  return new Intl.NumberFormat(locale, { style: "unit", unit: isDays ? "day" : "hour", unitDisplay: "long" }).format(seconds / (isDays ? DAY : HOUR));
}

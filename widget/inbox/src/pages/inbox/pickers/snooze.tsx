import { Button } from "#ui/button.tsx";
import { Command, CommandInput, CommandItem, CommandList } from "#ui/command.tsx";
import { Field, Input } from "#ui/field.tsx";
import { focusOnMount } from "#ui/focus.ts";
import { AlarmClock, CalendarClock } from "lucide-react";
import { useState } from "react";
import { useLocale } from "../../../i18n/locale.ts";
import { snooze } from "../changes.ts";
import { presets, snoozeTime } from "../snooze-times.ts";
import { texts } from "../texts.ts";
import type { PickerProps } from "./assign.tsx";

const MOST_DAYS = 90;
const DAY_MS = 24 * 3600_000;

/** As the field for date and time writes it: local, without a zone. */
const local = (date: Date): string => new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

export function SnoozePicker({ conversation, done }: PickerProps) {
  const t = texts.use();
  const locale = useLocale();
  const [isCustom, setCustom] = useState(false);
  const when = (date: Date): string => new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" }).format(date);
  const until = (date: Date): void => {
    done();
    void snooze(conversation.id, date, when(date));
  };
  if (isCustom) return <Custom until={until} />;
  return (
    <Command label={t("picker.snooze")}>
      <CommandInput placeholder={t("picker.snooze")} />
      <CommandList label={t("picker.snooze")}>
        {presets.map((preset) => {
          const date = snoozeTime(preset);
          return (
            <CommandItem key={preset} value={preset} keywords={[t(`snooze.${preset}`)]} icon={<AlarmClock aria-hidden />} onSelect={() => until(date)}>
              <span className="flex items-center justify-between gap-4">
                <span className="truncate">{t(`snooze.${preset}`)}</span>
                <span className="shrink-0 text-xs text-faint">{when(date)}</span>
              </span>
            </CommandItem>
          );
        })}
        <CommandItem value="custom" keywords={[t("snooze.custom")]} icon={<CalendarClock aria-hidden />} onSelect={() => setCustom(true)}>
          {t("snooze.custom")}
        </CommandItem>
      </CommandList>
    </Command>
  );
}

function Custom({ until }: { until: (date: Date) => void }) {
  const t = texts.use();
  const [opened] = useState(() => new Date());
  const [value, setValue] = useState(() => local(snoozeTime("tomorrow", opened)));
  const [isWrong, setWrong] = useState(false);
  return (
    <form
      className="flex flex-col gap-4 p-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const date = new Date(value);
        const days = (date.getTime() - Date.now()) / DAY_MS;
        if (days > 0 && days < MOST_DAYS) until(date);
        else setWrong(true);
      }}
    >
      <Field label={t("snooze.until")} error={isWrong ? t("snooze.wrong", { count: MOST_DAYS }) : undefined}>
        {(ids) => (
          <Input {...ids} ref={focusOnMount} type="datetime-local" dir="ltr" value={value} min={local(opened)} onChange={(event) => (setWrong(false), setValue(event.target.value))} />
        )}
      </Field>
      <Button type="submit" variant="primary" className="self-end">
        {t("action.snooze")}
      </Button>
    </form>
  );
}

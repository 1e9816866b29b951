import type { Report } from "#shared/wire.ts";
import { Button, buttonClass } from "#ui/button.tsx";
import { Segmented } from "#ui/choice.tsx";
import { Input, Label } from "#ui/field.tsx";
import { Popover, PopoverContent, PopoverTrigger } from "#ui/popover.tsx";
import { CalendarDays, Download, X } from "lucide-react";
import { useId, useState } from "react";
import { useLocale } from "../../i18n/locale.ts";
import { csvOf } from "./data.ts";

import { texts } from "./texts.ts";
import { spans, useAnalytics } from "./use-analytics.ts";
import { useWords } from "./words.ts";

const USUAL = "30";

/** Which days, what it is narrowed to, and what it is compared with. All of it stands in the address. */
export function Range({ report }: { report: Report | undefined }) {
  const t = texts.use();
  const locale = useLocale();
  const { search, go } = useAnalytics();
  const { since, until, last, by, key, ...rest } = search;
  const narrowed = by && key !== undefined ? { by, key } : {};
  const isOwn = since !== undefined;
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  const day = (text: string): string => date.format(Date.parse(`${text}T00:00:00Z`));
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Segmented
        aria-label={t("range")}
        value={isOwn ? "" : String(last ?? USUAL)}
        onChange={(next) => go({ ...rest, ...narrowed, ...(next === USUAL ? {} : { last: Number(next) }) })}
        options={spans.map((each) => ({ value: String(each), label: t("range.last", { count: each }) }))}
      />
      <Days onChange={(days) => go({ ...rest, ...narrowed, ...days })} isOwn={isOwn} shown={report} />
      {report?.by && <Narrowed report={report} onClear={() => go({ ...rest, ...(since && until ? { since, until } : {}), ...(last ? { last } : {}) })} />}
      {report && (
        <p className="ms-auto text-xs text-muted max-md:flex-1 max-md:basis-52">
          {t("range.days", { since: day(report.since), until: day(report.until) })} <span className="text-faint">{t("range.before", { since: day(report.before_since) })}</span>
        </p>
      )}
      {report && (
        <a href={csvOf(report, "numbers")} download aria-label={t("csv.numbers")} className={buttonClass({ variant: "ghost", size: "sm" })}>
          <Download aria-hidden />
          CSV
        </a>
      )}
    </div>
  );
}

function Narrowed({ report, onClear }: { report: Report; onClear: () => void }) {
  const t = texts.use();
  const words = useWords();
  if (!report.by) return null;
  return (
    <span className="inline-flex h-7 items-center gap-1 rounded-full bg-accent-soft ps-3 pe-1 text-xs text-accent-text touch:h-9">
      {t(`by.${report.by}`)}: <bdi className="max-w-48 truncate font-medium">{words.row(report.by, report.key, report.key_label)}</bdi>
      <button type="button" aria-label={t("by.clear")} onClick={onClear} className="rounded-full p-1 hover:bg-hover">
        <X className="size-3.5" aria-hidden />
      </button>
    </span>
  );
}

function Days({ onChange, isOwn, shown }: { onChange: (days: { since: string; until: string }) => void; isOwn: boolean; shown: Report | undefined }) {
  const t = texts.use();
  const ids = useId();
  const [isOpen, setOpen] = useState(false);
  const [since, setSince] = useState("");
  const [until, setUntil] = useState("");
  const isRight = since !== "" && until !== "" && since <= until;
  return (
    <Popover
      open={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        setSince(shown?.since ?? "");
        setUntil(shown?.until ?? "");
      }}
    >
      <PopoverTrigger asChild>
        <Button size="sm" variant={isOwn ? "secondary" : "ghost"}>
          <CalendarDays aria-hidden />
          {t("range.own")}
        </Button>
      </PopoverTrigger>
      <PopoverContent align="start" className="w-64 p-4">
        <form
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (!isRight) return;
            setOpen(false);
            onChange({ since, until });
          }}
        >
          <Label htmlFor={`${ids}-since`}>{t("range.since")}</Label>
          <Input id={`${ids}-since`} type="date" value={since} max={until} onChange={(event) => setSince(event.target.value)} />
          <Label htmlFor={`${ids}-until`}>{t("range.until")}</Label>
          <Input id={`${ids}-until`} type="date" value={until} min={since} onChange={(event) => setUntil(event.target.value)} />
          <Button type="submit" variant="primary" disabled={!isRight}>
            {t("range.show")}
          </Button>
        </form>
      </PopoverContent>
    </Popover>
  );
}

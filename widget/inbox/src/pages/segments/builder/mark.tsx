import { Check, X } from "lucide-react";
import { useLocale } from "../../../i18n/locale.ts";
import { texts } from "../texts.ts";
import { useBuilder } from "./context.ts";

/** A time as the wire writes it. */
const MOMENT = /^\d{4}-\d{2}-\d{2}T/;

function shown(found: unknown, locale: string): string {
  if (Array.isArray(found)) return found.join(", ");
  if (typeof found === "string" && MOMENT.test(found) && !Number.isNaN(Date.parse(found))) return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(new Date(found));
  return typeof found === "object" ? JSON.stringify(found) : String(found);
}

/** Whether a part holds for the contact that is explained. */
export function Mark({ id }: { id: number }) {
  const t = texts.use();
  const told = useBuilder().told.get(id);
  if (!told) return null;
  return (
    <span className={told.holds ? "flex size-8 shrink-0 items-center justify-center rounded-full text-success" : "flex size-8 shrink-0 items-center justify-center rounded-full text-danger"}>
      {told.holds ? <Check className="size-4" strokeWidth={2.5} aria-hidden /> : <X className="size-4" strokeWidth={2.5} aria-hidden />}
      <span className="sr-only">{t(told.holds ? "holds" : "holds.not")}</span>
    </span>
  );
}

/** What a comparison looked at. */
export function Found({ id }: { id: number }) {
  const t = texts.use();
  const locale = useLocale();
  const told = useBuilder().told.get(id);
  if (!told) return null;
  const isNothing = told.found === null || told.found === undefined || told.found === "" || (Array.isArray(told.found) && told.found.length === 0);
  return (
    <p className="text-xs text-muted">
      {isNothing ? (
        t("found.nothing")
      ) : (
        <>
          {t("found")} <bdi className="font-medium wrap-anywhere text-ink">{shown(told.found, locale)}</bdi>
        </>
      )}
    </p>
  );
}

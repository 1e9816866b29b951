import { cn } from "#ui/cn.ts";
import { useLocale } from "../../../i18n/locale.ts";
import { count, share } from "../numbers.ts";
import { texts } from "../texts.ts";

const parts = ["sent", "sending", "queued", "held", "failed", "uncertain", "skipped"] as const;
type Part = (typeof parts)[number];
export type Parts = Record<Part, number>;

const colours: Record<Part, string> = {
  sent: "bg-success",
  sending: "bg-accent",
  queued: "bg-line-control",
  held: "bg-info",
  failed: "bg-danger",
  uncertain: "bg-warning",
  skipped: "bg-line-strong",
};

/** Everybody of the audience by how it stands with them, as a bar and in numbers; both say the same. */
export function StateBar({ numbers, choose }: { numbers: Parts; choose: (part: Part) => void }) {
  const t = texts.use();
  const locale = useLocale();
  const all = parts.reduce((sum, part) => sum + numbers[part], 0);
  return (
    <div className="flex flex-col gap-3">
      <div aria-hidden className="flex h-3 gap-px overflow-hidden rounded-full bg-pressed">
        {parts.map((part) => numbers[part] > 0 && <span key={part} className={cn("h-full min-w-0.5 transition-[flex-grow]", colours[part])} style={{ flexGrow: numbers[part] / Math.max(all, 1), flexBasis: 0 }} />)}
      </div>
      <ul aria-label={t("states")} className="flex flex-wrap gap-x-5 gap-y-2">
        {parts.map(
          (part) =>
            (numbers[part] > 0 || part === "sent") && (
              <li key={part}>
                <button type="button" onClick={() => choose(part)} title={t(`state.${part}.about`)} className="flex items-center gap-1.5 rounded-xs text-sm hover:underline touch:py-1.5">
                  <span aria-hidden className={cn("size-2.5 rounded-full", colours[part])} />
                  <span className="text-muted">{t(`state.${part}`)}</span>
                  <span className="font-medium tabular-nums">{count(numbers[part], locale)}</span>
                  <span className="text-xs text-faint tabular-nums">{share(numbers[part], all, locale)}</span>
                </button>
              </li>
            ),
        )}
      </ul>
    </div>
  );
}

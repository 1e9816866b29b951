import type { ByLabel, Funnel } from "#shared/wire.ts";
import { useLocale } from "../../../i18n/locale.ts";
import { count } from "../numbers.ts";
import { texts } from "../texts.ts";

const labels = ["human", "unknown", "proxy", "bot"] as const;
const colours: Record<keyof ByLabel, string> = { human: "bg-success", unknown: "bg-line-control", proxy: "bg-info", bot: "bg-warning" };

/** Who opened and followed links: people, and programs that do so for them or for nobody. */
export function Touches({ funnel }: { funnel: Funnel }) {
  const t = texts.use();
  return (
    <div className="flex flex-col gap-4">
      <Split name={t("opened")} numbers={funnel.opened} />
      <Split name={t("clicked")} numbers={funnel.clicked} />
      <dl className="flex flex-col gap-1 border-t border-line pt-3 text-xs">
        {labels.map((label) => (
          <div key={label} className="flex items-baseline gap-2">
            <dt className="flex shrink-0 items-center gap-1.5 font-medium">
              <span aria-hidden className={`size-2.5 rounded-full ${colours[label]}`} />
              {t(`label.${label}`)}
            </dt>
            <dd className="text-muted">{t(`label.${label}.about`)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Split({ name, numbers }: { name: string; numbers: ByLabel }) {
  const t = texts.use();
  const locale = useLocale();
  const all = labels.reduce((sum, label) => sum + numbers[label], 0);
  return (
    <div className="flex flex-col gap-1.5">
      <p className="flex items-baseline justify-between text-sm">
        <span className="font-medium">{name}</span>
        <span className="text-muted tabular-nums">{labels.map((label) => `${t(`label.${label}`)} ${count(numbers[label], locale)}`).join(" · ")}</span>
      </p>
      <div aria-hidden className="flex h-2.5 gap-px overflow-hidden rounded-full bg-pressed">
        {labels.map((label) => numbers[label] > 0 && <span key={label} className={`h-full min-w-0.5 ${colours[label]}`} style={{ flexGrow: numbers[label] / Math.max(all, 1), flexBasis: 0 }} />)}
      </div>
    </div>
  );
}

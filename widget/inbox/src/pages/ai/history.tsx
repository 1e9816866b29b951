import type { CalibrationView } from "#shared/wire.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Table, Td, Th, Tr } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";
import { toast } from "#ui/toast.tsx";
import { api } from "../../api/client.ts";
import { queries } from "../../data/queries.ts";
import { useLocale } from "../../i18n/locale.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { useIsRole } from "../../session/session.ts";
import { calibrationQuery } from "./data.ts";
import { texts } from "./texts.ts";

async function change(work: Promise<unknown>): Promise<void> {
  try {
    await work;
    toast({ tone: "success", title: texts.t("history.done"), key: "history" });
  } catch (error) {
    toast({ tone: "error", title: texts.t("history.failed"), text: problemText(error), key: "history" });
  }
  await queries.invalidateQueries({ queryKey: calibrationQuery.queryKey });
}

const pin = (calibrator_id: number | null): Promise<void> => change(api.put("/api/ai/calibration/pin", { body: { calibrator_id } }));

/** What was learned and when, with a way back to any of it. */
export function History({ view: { history, pin: held } }: { view: CalibrationView }) {
  const t = texts.use();
  const mayChange = useIsRole("admin");
  const locale = useLocale();
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const whole = new Intl.NumberFormat(locale);
  if (history.length === 0) return null;
  const used = held ? held.calibrator_id : history[0]?.id;
  const use = (id: number | null, when: string) =>
    id === used ? (
      <Badge tone="success">{t(held ? "history.pinned" : "history.used")}</Badge>
    ) : (
      mayChange && (
        <Button size="sm" aria-label={t("history.use.of", { when })} onClick={() => void pin(id)}>
          {t("history.use")}
        </Button>
      )
    );
  return (
    <section aria-label={t("history")} className="rounded-md border border-line bg-pane p-4">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <h2 className="text-base font-semibold">{t("history")}</h2>
          <p className="mb-3 max-w-160 text-sm text-muted">{t("history.text")}</p>
        </div>
        {held && mayChange && <Button onClick={() => void change(api.delete("/api/ai/calibration/pin"))}>{t("history.unpin")}</Button>}
      </div>
      {held && (
        <p className="mb-3 text-sm text-warning">
          {t("history.held", { name: held.pinned_by })} <Ago at={held.created_at} />
        </p>
      )}
      <Table label={t("history.list")}>
        <thead>
          <tr>
            <Th>{t("learned")}</Th>
            <Th className="text-end">{t("figure.n")}</Th>
            <Th className="text-end">ECE</Th>
            <Th className="text-end">{t("history.threshold")}</Th>
            <Th>
              <span className="sr-only">{t("history.use")}</span>
            </Th>
          </tr>
        </thead>
        <tbody className="tabular-nums">
          {history.map((each) => (
            <Tr key={each.id}>
              <Td className="whitespace-nowrap">
                <Ago at={each.created_at} />
              </Td>
              <Td className="text-end">{whole.format(each.n)}</Td>
              <Td className="text-end">{percent.format(each.ece)}</Td>
              <Td className="text-end">{percent.format(each.threshold)}</Td>
              <Td className="text-end">{use(each.id, new Date(each.created_at).toLocaleString(locale))}</Td>
            </Tr>
          ))}
          <Tr>
            <Td>{t("history.shipped")}</Td>
            <Td className="text-end">–</Td>
            <Td className="text-end">–</Td>
            <Td className="text-end">–</Td>
            <Td className="text-end">{use(null, t("history.shipped"))}</Td>
          </Tr>
        </tbody>
      </Table>
    </section>
  );
}

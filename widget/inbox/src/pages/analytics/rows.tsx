import type { Report, ReportTable } from "#shared/wire.ts";
import { Table, Td, Th, Tr } from "#ui/table.tsx";
import { Card } from "./card.tsx";
import { currencyOf, useFormat } from "./format.ts";
import { texts } from "./texts.ts";
import { useAnalytics } from "./use-analytics.ts";
import { useWords } from "./words.ts";

/** A table of a report; a row that the report can be narrowed to leads there. */
export function Rows({ table, report }: { table: ReportTable; report: Report }) {
  const t = texts.use();
  const words = useWords();
  const format = useFormat();
  const { search, go } = useAnalytics();
  const title = words.part(table.key, table.label);
  const { narrows } = table;
  const formula = table.columns.map(({ key, label, formula: made }) => `${words.metric(key, label)}: ${words.formula(key, made)}`).join("\n");
  if (table.rows.length === 0) return null;
  return (
    <Card title={title} formula={formula} report={report} part={table.key}>
      <div className="-mx-4 -mb-3 flex max-h-96 flex-col">
        <Table label={title} className="[&_tr:last-child>td]:border-b-0">
          <thead>
            <tr>
              <Th className="ps-4">{t("row.name")}</Th>
              {table.columns.map(({ key, label }) => (
                <Th key={key} className="text-end last:pe-4">
                  {words.metric(key, label)}
                </Th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row) => {
              const name = words.row(table.key, row.key, row.label);
              return (
                <Tr key={row.key}>
                  <Td className="max-w-60 truncate ps-4">
                    {narrows ? (
                      <button type="button" className="max-w-full truncate rounded-xs text-accent-text hover:underline" onClick={() => go({ ...search, by: narrows, key: row.key })}>
                        <bdi>{name}</bdi>
                      </button>
                    ) : (
                      <bdi>{name}</bdi>
                    )}
                  </Td>
                  {table.columns.map(({ key, unit }, place) => (
                    <Td key={key} className="text-end whitespace-nowrap tabular-nums last:pe-4">
                      {format(row.values[place], unit, currencyOf(table, row.key))}
                    </Td>
                  ))}
                </Tr>
              );
            })}
          </tbody>
        </Table>
      </div>
      {table.is_cut && <p className="pt-4 text-xs text-faint">{t("row.cut", { count: table.rows.length })}</p>}
    </Card>
  );
}

import { Input } from "#ui/field.tsx";
import { Select } from "#ui/select.tsx";
import { Table, Td, Th } from "#ui/table.tsx";
import { useState } from "react";
import { isProblem } from "../../../api/problem.ts";
import { texts } from "../texts.ts";
import type { Sheet } from "./use-import.ts";

interface ColumnsProps {
  sheet: Sheet;
  problem: unknown;
  setTarget: (place: number, target: string) => void;
}

const plain = ["email", "first_name", "last_name", "phone", "tags"] as const;
const own = ["custom", "number"] as const;
type Target = "" | (typeof plain)[number] | (typeof own)[number];
const KEY_MAX = 60;

const targetOf = (target: string): Target => plain.find((each) => each === target) ?? own.find((each) => target.startsWith(`${each}.`)) ?? "";

/** The file's first rows, and over each column what it becomes. */
export function Columns({ sheet, problem, setTarget }: ColumnsProps) {
  const t = texts.use();
  const hasAddress = sheet.targets.includes("email");
  return (
    <div className="flex flex-col gap-2">
      <p className="text-sm text-muted">{t("columns.text")}</p>
      <div className="overflow-hidden rounded-md border border-line">
        <Table label={t("columns")}>
          <thead>
            <tr>
              {sheet.heading.map((heading, place) => (
                <Th key={place} className="h-auto py-2 align-top">
                  <Head heading={heading} place={place} target={sheet.targets[place] ?? ""} set={(target) => setTarget(place, target)} />
                </Th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sheet.sample.map((cells, row) => (
              <tr key={row}>
                {sheet.heading.map((_, place) => (
                  <Td key={place} className={sheet.targets[place] ? "h-8" : "h-8 text-faint line-through decoration-line-strong"}>
                    <bdi className="block max-w-44 truncate">{cells[place]}</bdi>
                  </Td>
                ))}
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
      {(!hasAddress || isProblem(problem)) && (
        <p role="alert" className="text-xs text-danger">
          {t(hasAddress ? "columns.wrong" : "columns.address")}
        </p>
      )}
    </div>
  );
}

function Head({ heading, place, target, set }: { heading: string; place: number; target: string; set: (target: string) => void }) {
  const t = texts.use();
  const name = heading || t("column.place", { place: place + 1 });
  const chosen = targetOf(target);
  const [key, setKey] = useState(target.includes(".") ? target.slice(target.indexOf(".") + 1) : heading.slice(0, KEY_MAX));
  const isOwn = chosen === "custom" || chosen === "number";
  const choose = (next: Target | "none"): void => set(next === "none" ? "" : next === "custom" || next === "number" ? `${next}.${key || name}`.slice(0, KEY_MAX) : next);
  return (
    <span className="flex min-w-36 flex-col gap-1.5">
      <bdi className="max-w-44 truncate text-ink">{name}</bdi>
      <Select
        aria-label={t("column.becomes", { name })}
        value={chosen || "none"}
        onChange={choose}
        options={[{ value: "none", label: t("column.none") }, ...[...plain, ...own].map((each) => ({ value: each, label: t(`column.${each}`) }))]}
        className="text-xs"
      />
      {isOwn && (
        <Input aria-label={t("column.key", { name })} value={key} maxLength={KEY_MAX} onChange={(event) => setKey(event.target.value)} onBlur={() => key.trim() && set(`${chosen}.${key.trim()}`)} className="text-xs" />
      )}
    </span>
  );
}

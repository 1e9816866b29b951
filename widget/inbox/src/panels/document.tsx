import { full } from "#shared/time.ts";
import { Badge, type Tone } from "#ui/badge.tsx";
import { Ago } from "#ui/time.tsx";
import type { PanelDocument } from "#shared/wire.ts";
import { lazy, Suspense, useMemo } from "react";
import { useLocale } from "../i18n/locale.ts";
import { PanelLink } from "./panel-link.tsx";
import { usePanelWords } from "./words.ts";

const Chart = lazy(() => import("./chart.tsx"));

type Block = PanelDocument["blocks"][number];

const tones: Record<string, Tone> = { good: "success", warn: "warning" };

/** Draws what a panel's route answered: data, never code, so that anybody may add one. `conversation`: beside which it stands. */
export function PanelView({ document, conversation }: { document: PanelDocument; conversation?: number | undefined }) {
  return (
    <div className="flex flex-col gap-3 text-sm">
      {document.blocks.map((block, index) => (
        <BlockView key={index} block={block} conversation={conversation} />
      ))}
    </div>
  );
}

function BlockView({ block, conversation }: { block: Block; conversation: number | undefined }) {
  const locale = useLocale();
  const say = usePanelWords();
  switch (block.type) {
    case "facts":
      return (
        <dl className="flex flex-col gap-1">
          {block.facts.map(({ label, value }) => (
            <div key={label} className="flex justify-between gap-3">
              <dt className="text-muted">{say(label)}</dt>
              <dd className="min-w-0 text-end wrap-anywhere tabular-nums">
                <bdi>{say(value)}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      );
    case "table":
      return (
        <div className="overflow-x-auto">
          <table className="w-full text-start text-xs">
            <thead>
              <tr>
                {block.columns.map((column) => (
                  <th key={column} scope="col" className="border-b border-line py-1 pe-3 text-start font-medium text-faint">
                    {say(column)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {block.rows.map((row, index) => (
                <tr key={index}>
                  {row.map((cell, place) => (
                    <td key={place} className="border-b border-line py-1 pe-3">
                      {say(cell)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
    case "plot":
      return <PlotView block={block} />;
    case "timeline":
      return (
        <ol className="flex flex-col gap-2 border-s border-line ps-3">
          {block.entries.map(({ at, text }, index) => (
            <li key={index}>
              <p>
                <bdi>{say(text)}</bdi>
              </p>
              <p className="text-xs text-faint">{full(at * 1000, locale)}</p>
            </li>
          ))}
        </ol>
      );
    case "entries":
      return (
        <ul className="-mx-1.5 flex flex-col">
          {block.entries.map(({ title, text, at, href, marks }, index) => {
            const words = (
              <>
                <span className="flex items-baseline justify-between gap-2">
                  <bdi className="truncate font-medium tabular-nums">{say(title)}</bdi>
                  {at !== null && at !== undefined && <Ago at={new Date(at * 1000).toISOString()} className="shrink-0 text-xs text-faint" />}
                </span>
                {text && (
                  <span dir="auto" className="block truncate text-xs text-muted">
                    {say(text)}
                  </span>
                )}
                {marks && marks.length > 0 && (
                  <span className="mt-1 flex flex-wrap gap-1">
                    {marks.map((mark) => (
                      <Badge key={mark.text} tone={tones[mark.tone ?? ""] ?? "neutral"}>
                        {say(mark.text)}
                      </Badge>
                    ))}
                  </span>
                )}
              </>
            );
            return (
              <li key={index}>
                {href ? (
                  <PanelLink href={href} conversation={conversation} className="block rounded-sm px-1.5 py-1.5 transition-colors hover:bg-hover">
                    {words}
                  </PanelLink>
                ) : (
                  <div className="px-1.5 py-1.5">{words}</div>
                )}
              </li>
            );
          })}
        </ul>
      );
    case "links":
      return (
        <ul className="flex flex-col gap-1">
          {block.links.map(({ label, href }) => (
            <li key={href}>
              <PanelLink href={href} conversation={conversation} className="text-accent-text underline underline-offset-2">
                {say(label)}
              </PanelLink>
            </li>
          ))}
        </ul>
      );
    default:
      return null; // of a newer server
  }
}

function PlotView({ block }: { block: Extract<Block, { type: "plot" }> }) {
  const say = usePanelWords();
  // A new list would draw the chart anew.
  const series = useMemo(() => block.series.map((each) => ({ ...each, label: say(each.label) })), [block.series, say]);
  return (
    <figure>
      <figcaption className="mb-1 text-xs font-medium text-muted" title={say(block.formula)}>
        {say(block.title)}
      </figcaption>
      <Suspense fallback={<div className="h-32" />}>
        <Chart at={block.at} series={series} label={say(block.title)} height={128} />
      </Suspense>
    </figure>
  );
}

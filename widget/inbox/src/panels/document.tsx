import { full } from "#shared/time.ts";
import type { PanelDocument } from "#shared/wire.ts";
import { lazy, Suspense, useMemo } from "react";
import { useLocale } from "../i18n/locale.ts";
import { hrefOf } from "./href.ts";
import { usePanelWords } from "./words.ts";

const Chart = lazy(() => import("./chart.tsx"));

type Block = PanelDocument["blocks"][number];

/** Draws what a panel's route answered: data, never code, so that anybody may add one. */
export function PanelView({ document }: { document: PanelDocument }) {
  return (
    <div className="flex flex-col gap-3 text-sm">
      {document.blocks.map((block, index) => (
        <BlockView key={index} block={block} />
      ))}
    </div>
  );
}

function BlockView({ block }: { block: Block }) {
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
    case "links":
      return (
        <ul className="flex flex-col gap-1">
          {block.links.map(({ label, href }) => {
            const safe = hrefOf(href);
            return (
              <li key={href}>
                {safe ? (
                  <a href={safe} {...(safe.startsWith("/") ? {} : { target: "_blank", rel: "noopener noreferrer" })} className="text-accent-text underline underline-offset-2">
                    {say(label)}
                  </a>
                ) : (
                  say(label)
                )}
              </li>
            );
          })}
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

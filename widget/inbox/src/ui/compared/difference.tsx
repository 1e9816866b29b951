import { Fragment, useId } from "react";
import { difference } from "../difference.ts";
import { texts } from "./texts.ts";

/** What was taken out and what was put in, also for those who see neither colours nor lines. */
export function Difference({ before, after }: { before: string; after: string }) {
  const t = texts.use();
  const title = useId();
  const pieces = difference(before, after);
  return (
    <div>
      <h3 id={title} className="mb-1 text-xs font-semibold text-muted">
        {t("difference")}
      </h3>
      {pieces.every(({ kind }) => kind === "same") ? (
        <p className="text-xs text-faint">{t("difference.none")}</p>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard
        <div dir="auto" role="region" aria-labelledby={title} tabIndex={0} className="max-h-[24dvh] overflow-y-auto rounded-sm border border-line bg-sunken px-2.5 py-1.5 text-sm whitespace-pre-wrap wrap-anywhere">
          {pieces.map(({ kind, text }, index) => (
            <Fragment key={index}>
              {kind === "same" ? text : <Changed kind={kind} text={text.trimEnd()} />}
              {kind !== "same" && text.slice(text.trimEnd().length)}
            </Fragment>
          ))}
        </div>
      )}
    </div>
  );
}

function Changed({ kind, text }: { kind: "gone" | "new"; text: string }) {
  const t = texts.use();
  const Mark = kind === "gone" ? "del" : "ins";
  return (
    <Mark className={kind === "gone" ? "rounded-xs bg-danger-soft text-danger" : "rounded-xs bg-success-soft text-success"}>
      <span className="sr-only">{t(`difference.${kind}`)} </span>
      {text}
    </Mark>
  );
}

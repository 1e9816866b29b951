import { texts } from "../texts.ts";
import { Blocks } from "./blocks.tsx";
import type { Draft } from "./items.ts";
import { all } from "./kinds.ts";
import { StyleFields } from "./style-fields.tsx";
import { TagField } from "./tag-field.tsx";

const BLOCKS = 100;
const SUBJECT_SHOWN = 60;
const PREHEADER_SHOWN = 100;

interface WritingProps {
  draft: Draft;
  change: (changes: Partial<Draft>, field?: string) => void;
  shown: "content" | "style" | "preview";
}

/** The fields of a template: what it says, or how it looks. */
export function Writing({ draft, change, shown }: WritingProps) {
  const t = texts.use();
  if (shown === "style") return <StyleFields draft={draft} change={change} />;
  return (
    <div className="flex flex-col gap-4">
      <TagField label={t("subject")} path="subject" value={draft.subject} onChange={(subject) => change({ subject }, "subject")} max={300} tags="words" shown={SUBJECT_SHOWN} />
      <TagField label={t("preheader")} path="preheader" value={draft.preheader} onChange={(preheader) => change({ preheader }, "preheader")} max={300} tags="words" shown={PREHEADER_SHOWN} hint={t("preheader.hint")} />
      <section aria-label={t("blocks")} className="flex flex-col gap-2">
        <h2 className="text-sm font-medium">{t("blocks")}</h2>
        {draft.items.length === 0 && <p className="text-sm text-muted">{t("blocks.none")}</p>}
        <Blocks items={draft.items} onChange={(items, field) => change({ items }, field)} path="blocks" label={t("blocks")} kinds={all} accent={draft.style.accent} most={BLOCKS} />
      </section>
    </div>
  );
}

import type { Fault, Hint } from "#shared/wire.ts";
import { cn } from "#ui/cn.ts";
import { CircleAlert, CircleCheck, Lightbulb } from "lucide-react";
import { texts } from "../texts.ts";

interface NotesProps {
  faults: readonly Fault[];
  hints: readonly Hint[];
  /** Shows the field that a note is about. */
  show: (path: string) => void;
}

/** What keeps a template from being saved, and what would help it to arrive and to be read by everybody. */
export function Notes({ faults, hints, show }: NotesProps) {
  const t = texts.use();
  const notes = [...faults.map((fault) => ({ ...fault, isFault: true as const })), ...hints.map((hint) => ({ ...hint, isFault: false as const }))];
  if (notes.length === 0) {
    return (
      <p className="flex items-center gap-2 px-4 py-3 text-sm text-muted">
        <CircleCheck className="size-4 shrink-0 text-success" aria-hidden />
        {t("notes.none")}
      </p>
    );
  }
  return (
    <ul aria-label={t("notes")} className="flex flex-col">
      {notes.map((note, place) => {
        const Icon = note.isFault ? CircleAlert : Lightbulb;
        return (
          <li key={place}>
            <button type="button" disabled={note.path === ""} onClick={() => show(note.path)} className="flex w-full items-start gap-2 border-b border-line px-4 py-2 text-start text-sm enabled:hover:bg-hover focus-visible:-outline-offset-2">
              <Icon className={cn("mt-0.5 size-4 shrink-0", note.isFault ? "text-danger" : "text-warning")} aria-hidden />
              <span className="min-w-0">
                <span className="block">{note.isFault ? t(`fault.${note.code}`) : t(`hint.${note.code}`)}</span>
                {note.isFault && note.suggestion && <bdi className="block text-xs text-muted">{t("fault.suggest", { name: note.suggestion })}</bdi>}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

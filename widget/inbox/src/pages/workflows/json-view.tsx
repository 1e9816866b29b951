import { Button } from "#ui/button.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Check, X } from "lucide-react";
import { useState } from "react";
import { app } from "../../i18n/app.ts";
import { tidy, type Definition } from "./model/definition.ts";
import { texts } from "./texts.ts";
import type { Problem } from "#shared/wire.ts";

interface JsonViewProps {
  definition: Definition;
  problems: readonly Problem[];
  onChange: (definition: Definition) => void;
  onClose: () => void;
}

/** The same definition as JSON: what is typed shows on the canvas as soon as it can be read, and the other way round. */
export default function JsonView({ definition, problems, onChange, onClose }: JsonViewProps) {
  const t = texts.use();
  const shell = app.use();
  const [draft, setDraft] = useState<{ text: string; of: Definition }>();
  const [wrong, setWrong] = useState("");
  const isTyping = draft?.of === definition;
  const text = isTyping ? draft.text : JSON.stringify(definition, null, 2);
  const type = (text: string): void => {
    try {
      const next = tidy(JSON.parse(text));
      setWrong("");
      setDraft({ text, of: next });
      onChange(next);
    } catch (error) {
      setWrong(error instanceof Error ? error.message : String(error));
      setDraft({ text, of: definition });
    }
  };
  return (
    <div className="flex h-full min-h-0 flex-col" data-panel="json">
      <header className="flex shrink-0 items-center gap-2 border-b border-line p-4">
        <div className="min-w-0 flex-1">
          <h2 className="text-base font-semibold">{t("json")}</h2>
          <p className="text-xs text-muted">{t("json.text")}</p>
        </div>
        {isTyping && !wrong && (
          <Button size="sm" variant="ghost" onClick={() => setDraft(undefined)}>
            {t("json.format")}
          </Button>
        )}
        <IconButton label={shell("close")} onClick={onClose} className="max-md:hidden">
          <X aria-hidden />
        </IconButton>
      </header>
      <textarea
        dir="ltr"
        aria-label={t("json")}
        aria-invalid={isTyping && wrong ? true : undefined}
        spellCheck={false}
        wrap="off"
        value={text}
        onChange={(event) => type(event.target.value)}
        className="min-h-0 flex-1 resize-none bg-sunken p-4 font-mono text-xs leading-5 text-ink outline-none focus-visible:-outline-offset-2 focus-visible:outline-accent-text"
      />
      <footer aria-live="polite" className="max-h-40 shrink-0 overflow-y-auto border-t border-line px-4 py-2.5 text-xs">
        {isTyping && wrong ? (
          <p className="text-danger" dir="auto">
            {t("json.wrong")} <bdi className="font-mono">{wrong}</bdi>
          </p>
        ) : problems.length === 0 ? (
          <p className="flex items-center gap-1.5 text-success">
            <Check className="size-3.5" aria-hidden />
            {t("json.fine")}
          </p>
        ) : (
          <ul className="flex flex-col gap-1">
            {problems.map(({ path, message }) => (
              <li key={path + message} className="text-danger">
                <bdi className="font-mono text-muted">{path}</bdi> <span dir="auto">{message}</span>
              </li>
            ))}
          </ul>
        )}
      </footer>
    </div>
  );
}

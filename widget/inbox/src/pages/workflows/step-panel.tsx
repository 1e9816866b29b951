import type { Problem, WorkflowParts } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Field, Input } from "#ui/field.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Select } from "#ui/select.tsx";
import { Copy, Trash2, X } from "lucide-react";
import { app } from "../../i18n/app.ts";
import { SchemaForm } from "./form/schema-form.tsx";
import { StepIcon } from "./look.tsx";
import { below, written, type Item, type Raw } from "./model/definition.ts";
import { texts, word } from "./texts.ts";
import { useSummary } from "./use-summary.ts";

interface StepPanelProps {
  item: Item;
  parts: WorkflowParts;
  problems: readonly Problem[];
  /** Fields of the step, or of its config, set. `key`: what is typed in, for one step back. */
  onStep: (values: Raw, key: string) => void;
  onConfig: (values: Raw, whole: boolean) => void;
  onRemove: () => void;
  onDuplicate: () => void;
  onClose: () => void;
}

/** One step, to be filled in. */
export default function StepPanel({ item, parts, problems, onStep, onConfig, onRemove, onDuplicate, onClose }: StepPanelProps) {
  const t = texts.use();
  const shell = app.use();
  const { stepTitle } = useSummary(parts);
  const info = parts.steps.find(({ name }) => name === item.type);
  const at = written(item.path);
  const own = problems.map(({ path, message }) => ({ below: below(path, at) ?? "", message }));
  const inConfig = own.flatMap((problem) => (problem.below.startsWith(".config") ? [{ ...problem, below: problem.below.slice(".config".length) }] : []));
  const elsewhere = own.filter(({ below }) => !below.startsWith(".config"));
  return (
    <div className="flex h-full min-h-0 flex-col" data-panel="step">
      <header className="flex shrink-0 items-center gap-3 border-b border-line p-4">
        <StepIcon type={item.type} />
        <div className="min-w-0 flex-1">
          <h2 className="truncate text-base font-semibold">{stepTitle(item.type)}</h2>
          <p className="text-xs text-balance text-muted">{word("does", item.type, "")}</p>
        </div>
        <IconButton label={shell("close")} onClick={onClose} className="max-md:hidden">
          <X aria-hidden />
        </IconButton>
      </header>
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-4">
        {elsewhere.length > 0 && (
          <ul className="flex flex-col gap-1 rounded-sm bg-danger-soft px-3 py-2 text-sm text-danger">
            {elsewhere.map(({ message }) => (
              <li key={message} dir="auto">
                {message}
              </li>
            ))}
          </ul>
        )}
        <SchemaForm key={item.id} schema={info?.config ?? {}} value={item.config} onChange={(values, whole = false) => onConfig(values, whole)} problems={inConfig} parts={parts} />
        <div className="flex flex-col gap-3.5 border-t border-line pt-4">
          <Field label={t("step.name")} hint={t("step.name.hint")}>
            {(ids) => <Input {...ids} value={item.name} maxLength={80} placeholder={stepTitle(item.type)} onChange={(event) => onStep({ name: event.target.value || undefined, title: undefined, label: undefined }, "name")} />}
          </Field>
          {info?.acts && (
            <Field label={t("step.failure")}>
              {(ids) => (
                <Select
                  {...ids}
                  value={item.raw["on_failure"] === "exit" ? "exit" : "continue"}
                  onChange={(value) => onStep({ on_failure: value === "exit" ? value : undefined }, "on_failure")}
                  options={[
                    { value: "continue", label: t("step.failure.continue") },
                    { value: "exit", label: t("step.failure.exit") },
                  ]}
                />
              )}
            </Field>
          )}
        </div>
      </div>
      <footer className="flex shrink-0 items-center gap-1 border-t border-line px-3 py-2.5">
        <Button variant="ghost" onClick={onDuplicate}>
          <Copy aria-hidden />
          {t("step.duplicate")}
        </Button>
        <Button variant="ghost" className="text-danger hover:text-danger" onClick={onRemove}>
          <Trash2 aria-hidden />
          {t("step.remove")}
        </Button>
        <code dir="ltr" className="ms-auto truncate text-xs text-faint">
          {item.id}
        </code>
      </footer>
    </div>
  );
}

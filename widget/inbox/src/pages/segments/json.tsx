import { CopyButton } from "#ui/copy-button.tsx";
import { Field, Textarea } from "#ui/field.tsx";
import { useState } from "react";
import type { Tree } from "./builder/draft.ts";
import { problemWords, type TreeProblem } from "./problems.ts";
import { texts } from "./texts.ts";

interface JsonViewProps {
  tree: Tree;
  problems: readonly TreeProblem[];
  /** Of something that is JSON and an object. */
  onChange: (tree: Tree) => void;
}

/** The tree as the API takes it. What is typed stays as it is typed; what can be read of it is taken over at once. */
export function JsonView({ tree, problems, onChange }: JsonViewProps) {
  const t = texts.use();
  const [text, setText] = useState(() => JSON.stringify(tree, undefined, 2));
  const [isWrong, setWrong] = useState(false);
  const type = (next: string): void => {
    setText(next);
    let read: unknown;
    try {
      read = JSON.parse(next);
    } catch {
      read = undefined;
    }
    const isTree = typeof read === "object" && read !== null && !Array.isArray(read);
    setWrong(!isTree);
    if (isTree) onChange(read as Tree);
  };
  return (
    <div className="flex flex-col gap-3">
      <Field label={t("json")} hint={t("json.text")} error={isWrong ? t("json.wrong") : undefined}>
        {(ids) => <Textarea {...ids} dir="ltr" spellCheck={false} value={text} onChange={({ target }) => type(target.value)} className="max-h-none min-h-72 font-mono text-xs" />}
      </Field>
      {problems.length > 0 && !isWrong && (
        <ul role="alert" className="flex flex-col gap-1 text-xs text-danger">
          {problems.map(({ path, code, detail }) => (
            <li key={`${path} ${code}`}>
              <code dir="ltr">{path}</code> {problemWords(code, detail)}
            </li>
          ))}
        </ul>
      )}
      <div>
        <CopyButton text={text} />
      </div>
    </div>
  );
}

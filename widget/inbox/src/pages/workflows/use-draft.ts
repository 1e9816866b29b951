import type { WorkflowView } from "#shared/wire.ts";
import { toast } from "#ui/toast.tsx";
import { useCallback, useMemo, useState } from "react";
import { isProblem } from "../../api/problem.ts";
import { invalidate } from "../../data/queries.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { saveWorkflow } from "./data.ts";
import { tidy, type Definition } from "./model/definition.ts";
import { texts } from "./texts.ts";

/** What is written of a workflow. */
export interface Written {
  name: string;
  description: string;
  definition: Definition;
}

interface History {
  past: readonly Written[];
  now: Written;
  future: readonly Written[];
  /** What was changed last: typing in one field is undone at once. */
  last?: string | undefined;
}

const STEPS_BACK = 100;

const of = ({ name, description, definition }: WorkflowView): Written => ({ name, description, definition: tidy(definition) });

/** JSON with its keys in order: two that say the same are the same. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => (typeof inner === "object" && inner !== null && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1))) : inner));

export interface Draft {
  now: Written;
  isDirty: boolean;
  /** Somebody else saved it meanwhile. */
  isBehind: boolean;
  busy: boolean;
  canUndo: boolean;
  canRedo: boolean;
  edit: (change: (before: Written) => Written, last?: string) => void;
  undo: () => void;
  redo: () => void;
  /** What was saved, or null where it could not be. */
  save: (anyway?: boolean) => Promise<WorkflowView | null>;
  /** Takes what others saved, and drops what was written here. */
  takeTheirs: () => void;
}

/** The draft that is being written: what others save comes in while nothing was changed here, and is said otherwise. */
export function useDraft(workflow: WorkflowView): Draft {
  const [base, setBase] = useState(workflow);
  const [{ past, now, future }, setHistory] = useState<History>(() => ({ past: [], now: of(workflow), future: [] }));
  const [busy, setBusy] = useState(false);
  const saved = useMemo(() => canonical(of(base)), [base]);
  const isDirty = useMemo(() => canonical(now) !== saved, [now, saved]);
  const isBehind = workflow.revision > base.revision;
  if (isBehind && !isDirty && !busy) {
    setBase(workflow);
    setHistory({ past: [], now: of(workflow), future: [] });
  }

  const edit = useCallback<Draft["edit"]>(
    (change, last) =>
      setHistory((before) => {
        const after = change(before.now);
        if (after === before.now) return before;
        const isSame = last !== undefined && last === before.last && before.past.length > 0;
        return { past: isSame ? before.past : [...before.past, before.now].slice(-STEPS_BACK), now: after, future: [], last };
      }),
    [],
  );
  const undo = useCallback(() => setHistory((before) => (before.past.length === 0 ? before : { past: before.past.slice(0, -1), now: before.past.at(-1)!, future: [before.now, ...before.future] })), []);
  const redo = useCallback(() => setHistory((before) => (before.future.length === 0 ? before : { past: [...before.past, before.now], now: before.future[0]!, future: before.future.slice(1) })), []);

  const save = async (anyway = false): Promise<WorkflowView | null> => {
    if (busy) return null;
    setBusy(true);
    try {
      const done = await saveWorkflow(base.id, anyway ? workflow.revision : base.revision, { ...now, name: now.name.trim() || base.name });
      setBase(done);
      setHistory((before) => ({ ...before, last: undefined }));
      return done;
    } catch (error) {
      if (isProblem(error, "revised")) invalidate("workflow", base.id); // it is shown above what is written
      else if (isProblem(error, "bad_definition")) toast({ tone: "error", title: texts.t("save.wrong"), text: texts.t("save.wrong.text"), key: "workflow" });
      else toast({ tone: "error", title: texts.t("save.failed"), text: problemText(error), key: "workflow" });
      return null;
    } finally {
      setBusy(false);
    }
  };
  const takeTheirs = (): void => {
    setBase(workflow);
    setHistory((before) => ({ past: [...before.past, before.now], now: of(workflow), future: [], last: undefined }));
  };
  return { now, isDirty, isBehind: isBehind && isDirty, busy, canUndo: past.length > 0, canRedo: future.length > 0, edit, undo, redo, save, takeTheirs };
}

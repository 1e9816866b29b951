import { upload } from "#shared/upload.ts";
import type { SegmentsImportsStructsImportReport as Report } from "#shared/wire.ts";
import { useEffect, useRef, useState } from "react";
import { heard } from "../../../api/client.ts";
import { isProblem } from "../../../api/problem.ts";
import { countQuery, forgetSegment } from "../../../data/segments.ts";
import { queries } from "../../../data/queries.ts";

/** What is known of a file before it is taken in: its columns, what each becomes, its first rows. */
export interface Sheet {
  heading: string[];
  targets: string[];
  sample: string[][];
}

/** Where an import stands. `share`: of the work, from 0 to 1; `undefined` while nobody knows. */
type State =
  | { step: "choose" }
  | { step: "look"; share: number | undefined }
  | { step: "map"; sheet: Sheet; report: Report | undefined; problem: unknown }
  | { step: "work"; share: number | undefined }
  | { step: "done"; report: Report }
  | { step: "stopped" }
  | { step: "failed"; problem: unknown };

const ASK_MS = 1000;

const sheetOf = (report: Report): Sheet => ({ heading: report.columns.map(({ heading }) => heading), targets: report.columns.map(({ target }) => target), sample: report.sample ?? [] });

/** A file that goes onto a list: looked at, tried, taken in. Leaving stops it; what is on the list by then stays, and beginning anew is safe. */
export function useImport(list: number) {
  const [state, setState] = useState<State>({ step: "choose" });
  const [file, setFile] = useState<File>();
  const [existing, setExisting] = useState<"keep" | "update">("keep");
  const asked = useRef<AbortController>(undefined);
  useEffect(() => () => asked.current?.abort(), []);

  const send = async (bytes: File, isDry: boolean, targets: readonly string[] | undefined, how: "keep" | "update", progress: (share: number) => void): Promise<Report> => {
    asked.current?.abort();
    asked.current = new AbortController();
    const query = new URLSearchParams({ dry_run: String(isDry), existing: how });
    for (const target of targets ?? []) query.append("columns", target);
    try {
      return await upload<Report>(`/api/segments/${list}/import?${query}`, bytes, { "Content-Type": "text/csv" }, progress, asked.current.signal);
    } catch (error) {
      throw heard(error);
    }
  };

  /** Tries a file: what its columns are is guessed, or said. */
  const look = async (bytes: File, targets?: readonly string[], before?: Sheet, how = existing): Promise<void> => {
    setFile(bytes);
    if (!before) setState({ step: "look", share: 0 });
    try {
      const report = await send(bytes, true, targets, how, (share) => !before && setState({ step: "look", share: share < 1 ? share : undefined }));
      setState({ step: "map", sheet: sheetOf(report), report, problem: undefined });
    } catch (error) {
      if (error instanceof DOMException) return;
      const sheet = before ?? unguessed(error);
      setState(sheet && isProblem(error, "bad_columns") ? { step: "map", sheet: { ...sheet, targets: [...(targets ?? sheet.targets)] }, report: undefined, problem: error } : { step: "failed", problem: error });
    }
  };

  const setTarget = (place: number, target: string): void => {
    if (state.step !== "map" || !file) return;
    const targets = state.sheet.targets.map((each, index) => (index === place ? target : each));
    const sheet = { ...state.sheet, targets };
    setState({ ...state, sheet });
    void look(file, targets, sheet);
  };

  const setHow = (how: "keep" | "update"): void => {
    setExisting(how);
    if (state.step === "map" && file) void look(file, state.sheet.targets, state.sheet, how);
  };

  /** Takes it in. How far it is: by how many more there are on the list. */
  const run = async (): Promise<void> => {
    if (state.step !== "map" || !file || !state.report) return;
    const { sheet, report: tried } = state;
    setState({ step: "work", share: undefined });
    const count = (): Promise<number> => queries.fetchQuery({ ...countQuery(list), staleTime: 0 }).then(({ count }) => count);
    const first = await count().catch(() => 0);
    const timer = setInterval(() => {
      void count().then((now) => setState((state) => (state.step === "work" && tried.added > 0 ? { step: "work", share: (now - first) / tried.added } : state))).catch(() => undefined);
    }, ASK_MS);
    try {
      setState({ step: "done", report: await send(file, false, sheet.targets, existing, () => undefined) });
    } catch (error) {
      if (!(error instanceof DOMException)) setState({ step: "failed", problem: error });
    } finally {
      clearInterval(timer);
      forgetSegment(list);
      void queries.invalidateQueries({ queryKey: ["contacts"] });
    }
  };

  const stop = (): void => {
    asked.current?.abort();
    setState({ step: "stopped" });
  };

  return { state, file, existing, look, setTarget, setHow, run, stop, again: () => setState({ step: "choose" }) };
}

/** The columns of a file of which nobody could guess what the address is. */
function unguessed(error: unknown): Sheet | undefined {
  if (!isProblem(error, "bad_columns")) return undefined;
  const heading = error.extra["heading"] as string[];
  return { heading, targets: heading.map(() => ""), sample: error.extra["sample"] as string[][] };
}

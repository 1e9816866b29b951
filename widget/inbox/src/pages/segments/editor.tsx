import type { ContactView, SegmentView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Segmented } from "#ui/choice.tsx";
import { confirm } from "#ui/confirm.ts";
import { Field, Input } from "#ui/field.tsx";
import { toast } from "#ui/toast.tsx";
import { useQuery } from "@tanstack/react-query";
import { useBlocker } from "@tanstack/react-router";
import { Braces, ListTree, Save, TriangleAlert } from "lucide-react";
import { useMemo, useState } from "react";
import { useActions } from "../../actions/registry.ts";
import { api } from "../../api/client.ts";
import { isProblem } from "../../api/problem.ts";
import { queries } from "../../data/queries.ts";
import { explainQuery, keptSegment, segmentQuery, treeCountQuery } from "../../data/segments.ts";
import { app } from "../../i18n/app.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { useSettled } from "../../use-settled.ts";
import { Audience } from "./audience.tsx";
import { BuilderProvider } from "./builder/context.ts";
import { changed, fromTree, places, toTree, type Fields, type Group, type Node, type Tree } from "./builder/draft.ts";
import { gaps } from "./builder/gaps.ts";
import { GroupCard } from "./builder/group.tsx";
import { Head } from "./head.tsx";
import { JsonView } from "./json.tsx";
import { byPart, problemsIn, problemWords, type TreeProblem } from "./problems.ts";
import { texts } from "./texts.ts";
import { useSegments } from "./use-segments.ts";
import { Why } from "./why.tsx";

const PATIENCE_MS = 350;

interface EditorProps {
  /** What is changed; a new one without. */
  segment?: SegmentView;
  /** What a new one begins as. */
  copy?: SegmentView;
  fields: Fields;
}

/** Writes a segment: its tree, with whom it chooses beside it; what others save meanwhile is never overwritten unasked. */
export default function Editor({ segment, copy, fields }: EditorProps) {
  const t = texts.use();
  const shell = app.use();
  const { go } = useSegments();
  const [base, setBase] = useState(segment);
  const [name, setName] = useState(segment?.name ?? (copy ? t("copy.of", { name: copy.name }) : ""));
  const [description, setDescription] = useState((segment ?? copy)?.description ?? "");
  const [root, setRoot] = useState<Group>(() => fromTree((segment ?? copy)?.tree ?? { all: [] }));
  /** What was typed as JSON: the truth as long as that is what is on screen. */
  const [typed, setTyped] = useState<Tree>();
  const [view, setView] = useState<"builder" | "json">("builder");
  const [contact, setContact] = useState<ContactView>();
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [nameProblem, setNameProblem] = useState<string>();
  const [isBehind, setBehind] = useState(false);
  /** What was found wrong when it was to be kept, and of which tree. */
  const [refused, setRefused] = useState<{ key: string; problems: TreeProblem[] }>();

  const written = typed ?? toTree(root, fields);
  const key = JSON.stringify(written);
  const kept = base?.tree ? JSON.stringify(toTree(fromTree(base.tree), fields)) : JSON.stringify({ all: [] });
  const isDirty = base ? name !== base.name || description !== base.description || key !== kept : name !== "" || key !== kept;
  if (segment && base && segment.version > base.version && !isDirty) take(segment);

  const missing = useMemo(() => (typed ? new Map<number, never>() : gaps(root, fields)), [typed, root, fields]);
  const isWhole = missing.size === 0;
  // What is asked about: settled, and written to its end.
  const settled = useSettled(isWhole ? key : undefined, PATIENCE_MS);
  const [before, setBefore] = useState<string>();
  if (settled !== undefined && settled !== before) setBefore(settled);
  const tree = useMemo(() => (settled === undefined ? undefined : (JSON.parse(settled) as Tree)), [settled]);
  const treeBefore = useMemo(() => (before === undefined ? undefined : (JSON.parse(before) as Tree)), [before]);
  const count = useQuery({ ...treeCountQuery(tree ?? { all: [] }), enabled: tree !== undefined });
  const explained = useQuery({ ...explainQuery(tree ?? { all: [] }, contact?.id ?? 0), enabled: tree !== undefined && contact !== undefined });

  // Problems are of the tree that was asked about; while another one is written they wait for the next answer.
  const problems = refused?.key === key ? refused.problems : settled === key ? problemsIn(count.error) : [];
  const shownProblems = new Map([...byPart(problems, root), ...(tried ? [...missing].map(([id, code]) => [id, problemWords(code)] as const) : [])]);
  const told = useMemo(() => {
    const answered = new Map(explained.data && settled === key ? explained.data.clauses.map((clause) => [clause.path, clause]) : []);
    return new Map(places(root).flatMap(({ id, path, inner }) => {
      const whole = answered.get(path);
      return whole ? [[id, { holds: whole.holds, found: answered.get(inner)?.found }] as const] : [];
    }));
  }, [explained.data, settled, key, root]);

  function take(saved: SegmentView): void {
    setBase(saved);
    setName(saved.name);
    setDescription(saved.description);
    setRoot(fromTree(saved.tree ?? { all: [] }));
    setTyped(undefined);
    setView("builder");
    setBehind(false);
  }

  useBlocker({
    shouldBlockFn: async ({ next, current }) => {
      const isLeaving = next.pathname !== current.pathname || (next.search as { segment?: unknown }).segment !== (current.search as { segment?: unknown }).segment;
      return isDirty && !busy && isLeaving && !(await confirm({ title: t("leave.title"), text: t("leave.text"), action: t("leave.action"), danger: true }));
    },
    enableBeforeUnload: isDirty,
  });

  const save = async (version = base?.version): Promise<void> => {
    setTried(true);
    setNameProblem(name.trim() ? undefined : t("name.missing"));
    if (busy || !isWhole || !name.trim()) return;
    setBusy(true);
    const body = { name: name.trim(), description: description.trim(), tree: written };
    try {
      if (base && version !== undefined) {
        take(keptSegment(await api.patch("/api/segments/{segment_id}", { path: { segment_id: base.id }, body: { ...body, version } })));
        toast({ tone: "success", title: shell("saved"), key: "segment" });
      } else {
        const created = keptSegment(await api.post("/api/segments", { body }));
        toast({ tone: "success", title: t("created"), key: "segment" });
        await go({ segment: created.id }, { ignoreBlocker: true, replace: true });
      }
      setTried(false);
    } catch (error) {
      if (isProblem(error, "newer_version")) setBehind(true);
      else if (isProblem(error, "duplicate_segment")) setNameProblem(t("name.taken"));
      else if (problemsIn(error).length > 0) setRefused({ key, problems: problemsIn(error) });
      else toast({ tone: "error", title: t("failed"), text: problemText(error), key: "segment" });
    } finally {
      setBusy(false);
    }
  };

  useActions(() => [{ name: "segment.save", label: () => texts.t("save"), group: "app", icon: Save, shortcut: "mod+s", perform: () => save() }], [key, name, description, base, busy]);

  const change = (id: number, how: (part: Node) => Node | undefined): void => setRoot((now) => changed(now, id, how));
  const show = (next: "builder" | "json"): void => {
    if (typed) setRoot(fromTree(typed));
    setTyped(undefined);
    setView(next);
  };

  return (
    <>
      <Head segment={base} isDirty={isDirty} busy={busy} save={() => void save()} isNew={base === undefined} />
      {isBehind && base && <Conflict busy={busy} id={base.id} keepMine={(version) => void save(version)} takeTheirs={take} />}
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto grid max-w-300 grid-cols-[minmax(0,1fr)_20rem] gap-6 px-6 py-6 max-lg:grid-cols-1 max-md:px-4 max-md:py-4">
          <div className="flex min-w-0 flex-col gap-4">
            <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
              <Field label={t("name")} error={nameProblem}>
                {(ids) => <Input {...ids} value={name} onChange={({ target }) => setName(target.value)} maxLength={120} />}
              </Field>
              <Field label={t("description")}>{(ids) => <Input {...ids} value={description} onChange={({ target }) => setDescription(target.value)} maxLength={500} />}</Field>
            </div>
            <div className="flex flex-wrap items-center justify-between gap-2">
              <h2 className="text-sm font-medium">{t("tree")}</h2>
              <Segmented
                aria-label={t("view")}
                value={view}
                onChange={show}
                options={[
                  { value: "builder", label: t("view.builder"), icon: <ListTree aria-hidden /> },
                  { value: "json", label: t("view.json"), icon: <Braces aria-hidden /> },
                ]}
              />
            </div>
            {view === "json" ? (
              <JsonView tree={written} problems={problems} onChange={setTyped} />
            ) : (
              <BuilderProvider value={{ fields, problems: shownProblems, told, own: base?.id, change }}>
                <GroupCard group={root} isRoot label={t("tree")} />
              </BuilderProvider>
            )}
          </div>
          <aside aria-label={t("audience")} className="flex flex-col gap-5 lg:sticky lg:top-0 lg:self-start">
            <Audience tree={tree} before={treeBefore} explain={(next) => setContact(next.id === contact?.id ? undefined : next)} explained={contact?.id} />
            <Why contact={contact} choose={setContact} explanation={explained.data} error={explained.error} />
          </aside>
        </div>
      </div>
    </>
  );
}

interface ConflictProps {
  id: number;
  busy: boolean;
  keepMine: (version: number) => void;
  takeTheirs: (theirs: SegmentView) => void;
}

function Conflict({ id, busy, keepMine, takeTheirs }: ConflictProps) {
  const t = texts.use();
  const theirs = async (): Promise<SegmentView> => queries.fetchQuery({ ...segmentQuery(id), staleTime: 0 });
  return (
    <div role="alert" className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line bg-warning-soft px-4 py-2 text-sm text-warning">
      <TriangleAlert className="size-4 shrink-0" aria-hidden />
      <p className="min-w-44 flex-1">{t("behind")}</p>
      <Button size="sm" busy={busy} onClick={() => void theirs().then(takeTheirs)}>
        {t("behind.theirs")}
      </Button>
      <Button size="sm" busy={busy} onClick={() => void theirs().then(({ version }) => keepMine(version))}>
        {t("behind.mine")}
      </Button>
    </div>
  );
}

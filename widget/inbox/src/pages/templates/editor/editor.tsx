import type { TemplateView } from "#shared/wire.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Segmented } from "#ui/choice.tsx";
import { cn } from "#ui/cn.ts";
import { confirm } from "#ui/confirm.ts";
import { Input } from "#ui/field.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "#ui/menu.tsx";
import { toast } from "#ui/toast.tsx";
import { useQuery } from "@tanstack/react-query";
import { useBlocker } from "@tanstack/react-router";
import { ArrowLeft, Copy, Ellipsis, History, Redo2, Save, Send, Trash2, TriangleAlert, Undo2 } from "lucide-react";
import { Suspense, useMemo, useState } from "react";
import { useActions } from "../../../actions/registry.ts";
import { isProblem } from "../../../api/problem.ts";
import { queries } from "../../../data/queries.ts";
import { app } from "../../../i18n/app.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { later } from "../../../later.tsx";
import { useSettled } from "../../../use-settled.ts";
import { checkQuery, createTemplate, deleteTemplate, fieldsQuery, templateQuery, updateTemplate } from "../data.ts";
import { texts } from "../texts.ts";
import { useTemplates } from "../use-templates.ts";
import { EditingContext } from "./editing.ts";
import { alongPath, contentOf, toBlocks, toItems, type Draft } from "./items.ts";
import { Notes } from "./notes.tsx";
import { Preview } from "./preview.tsx";
import { isLanguage } from "./style-fields.tsx";
import { useUndoable } from "./undo.ts";
import { Writing } from "./writing.tsx";

const Versions = later(() => import("./versions.tsx"));
const TestSend = later(() => import("./test-send.tsx"));

type Written = Pick<TemplateView, "name" | "subject" | "preheader" | "language" | "style" | "blocks">;

const draftOf = ({ name, subject, preheader, language, style, blocks }: Written): Draft => ({ name, subject, preheader, language, style, items: toItems(blocks) });
const writtenOf = ({ items, ...draft }: Draft): Written => ({ ...draft, blocks: toBlocks(items) });
/** The same for what is the same, in whatever order its parts were written. */
const told = ({ name, subject, preheader, language, style, blocks }: Written): string =>
  JSON.stringify([name, subject, preheader, language, style, blocks], (_, value: unknown) => (value && typeof value === "object" && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))) : value));

/** Writes a new template that begins as `start`, or changes `template`; what others save meanwhile is shown, never overwritten unasked. */
export default function Editor({ template, start }: { template?: TemplateView; start: Written }) {
  const t = texts.use();
  const shell = app.use();
  const { go } = useTemplates();
  // What the fields were filled from.
  const [base, setBase] = useState(template);
  const { now: draft, change, undo, redo, begin, canUndo, canRedo } = useUndoable(() => draftOf(template ?? start));
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const [shown, setShown] = useState<"content" | "style" | "preview">("content");
  const [contact, setContact] = useState<number>();
  const [dialog, setDialog] = useState<"versions" | "test">();
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [said, say] = useState("");

  const written = useMemo(() => writtenOf(draft), [draft]);
  const isDirty = useMemo(() => told(written) !== told(base ?? start), [written, base, start]);
  const isBehind = template !== undefined && base !== undefined && template.version > base.version;
  const take = (saved: TemplateView): void => {
    setBase(saved);
    begin(draftOf(saved));
  };
  // Nothing was changed here: the newer version simply comes in.
  if (isBehind && !isDirty) take(template);

  const content = useSettled(useMemo(() => contentOf(draft), [draft]));
  const check = useQuery(checkQuery(content)).data;
  const fields = useQuery(fieldsQuery).data;
  const faults = check?.faults ?? [];
  const hints = check?.hints ?? [];

  /** Opens the blocks around a field and goes there. */
  const show = (path: string): void => {
    const isStyle = path.startsWith("style.") || path === "language";
    setShown(isStyle ? "style" : "content");
    setOpen(new Set([...open, ...alongPath(draft.items, path)]));
    requestAnimationFrame(() => requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-path="${CSS.escape(path)}"]`)?.focus()));
  };

  const isLeavable = !isDirty;
  useBlocker({
    shouldBlockFn: async ({ next, current }) => {
      const isLeaving = next.pathname !== current.pathname || (next.search as { template?: unknown }).template !== (current.search as { template?: unknown }).template;
      return !isLeavable && !busy && isLeaving && !(await confirm({ title: t("leave.title"), text: t("leave.text"), action: t("leave.action"), danger: true }));
    },
    enableBeforeUnload: !isLeavable,
  });

  /** Whether it is saved; `version`: over which one. */
  const save = async (version = base?.version): Promise<boolean> => {
    setTried(true);
    if (busy || !draft.name.trim() || !isLanguage(draft.language)) {
      if (!isLanguage(draft.language)) show("language");
      return false;
    }
    setBusy(true);
    try {
      const fresh = { ...written, name: draft.name.trim() };
      if (base && version !== undefined) {
        setBase(await updateTemplate(base.id, { ...fresh, version }));
        toast({ tone: "success", title: shell("saved"), key: "template" });
      } else {
        const made = await createTemplate(fresh);
        toast({ tone: "success", title: t("created"), key: "template" });
        await go({ template: made.id, from: undefined }, { ignoreBlocker: true });
      }
      return true;
    } catch (error) {
      if (isProblem(error, "newer_version") && base) await queries.refetchQueries(templateQuery(base.id));
      else {
        const [first] = faults;
        toast({ tone: "error", title: t("failed"), text: isProblem(error, "faulty_template") ? t("failed.faults", { count: Math.max(1, faults.length) }) : problemText(error), key: "template" });
        if (isProblem(error, "faulty_template") && first) show(first.path);
      }
      return false;
    } finally {
      setBusy(false);
    }
  };

  const remove = async (): Promise<void> => {
    if (!base || !(await confirm({ title: t("delete.title", { name: base.name }), text: t("delete.text"), action: shell("delete"), danger: true }))) return;
    setBusy(true);
    try {
      await deleteTemplate(base.id);
      await go({ template: undefined }, { ignoreBlocker: true });
    } catch (error) {
      toast({ tone: "error", title: t("delete.failed"), text: isProblem(error, "template_in_use") ? t("delete.used") : problemText(error), key: "template" });
      setBusy(false);
    }
  };

  const double = async (): Promise<void> => {
    if (!base) return;
    try {
      const made = await createTemplate({ ...written, name: t("copy.name", { name: draft.name.trim() }).slice(0, 120) });
      toast({ tone: "success", title: t("copied"), key: "template" });
      await go({ template: made.id });
    } catch (error) {
      toast({ tone: "error", title: t("failed"), text: problemText(error), key: "template" });
    }
  };

  useActions(
    () => [
      { name: "template.save", label: () => texts.t("save"), group: "app", icon: Save, shortcut: "mod+s", perform: () => save() },
      { name: "template.undo", label: () => texts.t("undo"), group: "app", icon: Undo2, shortcut: "mod+z", when: () => canUndo, perform: undo },
      { name: "template.redo", label: () => texts.t("redo"), group: "app", icon: Redo2, shortcut: "mod+shift+z", when: () => canRedo, perform: redo },
    ],
    [draft, base, busy, faults],
  );

  const editing = {
    faults,
    hints,
    fields: fields ?? [],
    open,
    toggle: (id: number) => setOpen(new Set(open.has(id) ? [...open].filter((each) => each !== id) : [...open, id])),
    say,
  };

  return (
    <EditingContext value={editing}>
      <div className="flex min-h-12 shrink-0 flex-wrap items-center gap-1.5 border-b border-line px-2 py-1.5">
        <IconButton label={t("back")} onClick={() => void go({ template: undefined, from: undefined })}>
          <ArrowLeft className="rtl:-scale-x-100" aria-hidden />
        </IconButton>
        <Input
          aria-label={t("name")}
          placeholder={t("name")}
          value={draft.name}
          maxLength={120}
          aria-invalid={tried && !draft.name.trim() ? true : undefined}
          onChange={(event) => change({ ...draft, name: event.target.value }, "name")}
          className="min-w-32 flex-1 border-transparent font-medium md:max-w-80"
        />
        {isDirty ? (
          <span className="text-xs text-faint max-sm:hidden">{t("unsaved")}</span>
        ) : (
          base && (
            <button type="button" aria-label={t("versions.open", { version: String(base.version) })} onClick={() => setDialog("versions")} className="min-h-7 rounded-xs px-1 text-xs text-faint hover:text-ink hover:underline max-sm:hidden">
              {t("version", { version: String(base.version) })}
            </button>
          )
        )}
        <div className="ms-auto flex items-center gap-1">
          <IconButton label={t("undo")} shortcut="mod+z" disabled={!canUndo} onClick={undo}>
            <Undo2 className="rtl:-scale-x-100" aria-hidden />
          </IconButton>
          <IconButton label={t("redo")} shortcut="mod+shift+z" disabled={!canRedo} onClick={redo}>
            <Redo2 className="rtl:-scale-x-100" aria-hidden />
          </IconButton>
          {base && (
            <Button onClick={() => setDialog("test")} aria-label={t("test.open")}>
              <Send className="rtl:-scale-x-100" aria-hidden />
              <span className="max-sm:hidden">{t("test.open")}</span>
            </Button>
          )}
          <Button variant="primary" busy={busy} disabled={base !== undefined && !isDirty} onClick={() => void save()}>
            {t(base ? "save" : "create")}
          </Button>
          {base && (
            <Menu>
              <MenuTrigger asChild>
                <IconButton label={t("more")}>
                  <Ellipsis aria-hidden />
                </IconButton>
              </MenuTrigger>
              <MenuContent align="end">
                <MenuItem icon={<History aria-hidden />} onSelect={() => setDialog("versions")}>
                  {t("versions")}
                </MenuItem>
                <MenuItem icon={<Copy aria-hidden />} onSelect={() => void double()}>
                  {t("copy")}
                </MenuItem>
                <MenuItem icon={<Trash2 aria-hidden />} danger onSelect={() => void remove()}>
                  {shell("delete")}
                </MenuItem>
              </MenuContent>
            </Menu>
          )}
        </div>
        {tried && !draft.name.trim() && (
          <p role="alert" className="basis-full px-2 text-xs text-danger">
            {t("name.required")}
          </p>
        )}
      </div>
      {isBehind && isDirty && <Conflict busy={busy} keepMine={() => void save(template.version)} takeTheirs={() => take(template)} />}
      <p role="status" className="sr-only">
        {said}
      </p>
      <div className="flex min-h-0 flex-1">
        <div className={cn("flex min-h-0 flex-col md:w-[46%] md:max-w-160 md:min-w-96 md:border-e md:border-line", shown === "preview" ? "max-md:hidden" : "max-md:flex-1")}>
          <Views shown={shown} setShown={setShown} faults={faults.length} />
          <div className="min-h-0 flex-1 overflow-y-auto bg-sunken p-4">
            <Writing draft={draft} change={(changes, field) => change({ ...draft, ...changes }, field)} shown={shown} />
          </div>
        </div>
        <div className={cn("flex min-h-0 min-w-0 flex-1 flex-col", shown !== "preview" && "max-md:hidden")}>
          <div className="md:hidden">
            <Views shown={shown} setShown={setShown} faults={faults.length} />
          </div>
          <Preview content={content} contact={contact} setContact={setContact} />
          <section aria-label={t("notes")} className="max-h-56 shrink-0 overflow-y-auto border-t border-line">
            <h2 className="flex items-center gap-2 px-4 pt-3 pb-1 text-xs font-medium text-faint">
              {t("notes")}
              {faults.length > 0 && <Badge tone="danger">{t("notes.faults", { count: faults.length })}</Badge>}
            </h2>
            {check && <Notes faults={faults} hints={hints} show={show} />}
          </section>
        </div>
      </div>
      <Suspense>
        {dialog === "versions" && base && <Versions template={base} blocked={isDirty ? t("versions.first") : undefined} close={() => setDialog(undefined)} restored={take} />}
        {dialog === "test" && base && <TestSend template={base} save={isDirty ? () => save() : undefined} contact={contact} close={() => setDialog(undefined)} />}
      </Suspense>
    </EditingContext>
  );
}

type Shown = "content" | "style" | "preview";

function Views({ shown, setShown, faults }: { shown: Shown; setShown: (shown: Shown) => void; faults: number }) {
  const t = texts.use();
  const beside = [
    { value: "content" as const, label: t("views.content") },
    { value: "style" as const, label: t("views.style") },
  ];
  return (
    <div className="flex shrink-0 items-center gap-2 border-b border-line px-3 py-2">
      <Segmented aria-label={t("views")} value={shown === "preview" ? "content" : shown} onChange={setShown} className="max-md:hidden" options={beside} />
      {/* On phones, where there is no room for both, the preview takes turns with them. */}
      <Segmented aria-label={t("views")} value={shown} onChange={setShown} className="w-full md:hidden" options={[...beside, { value: "preview", label: t("preview") }]} />
      {faults > 0 && <Badge tone="danger">{t("notes.faults", { count: faults })}</Badge>}
    </div>
  );
}

function Conflict({ busy, keepMine, takeTheirs }: { busy: boolean; keepMine: () => void; takeTheirs: () => void }) {
  const t = texts.use();
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-warning-soft px-4 py-2 text-sm">
      <TriangleAlert className="size-4 shrink-0 text-warning" aria-hidden />
      <p className="min-w-60 flex-1">
        <span className="font-medium text-warning">{t("conflict.title")}</span> {t("conflict.text")}
      </p>
      <Button size="sm" onClick={takeTheirs} disabled={busy}>
        {t("conflict.theirs")}
      </Button>
      <Button size="sm" variant="primary" onClick={keepMine} disabled={busy}>
        {t("conflict.mine")}
      </Button>
    </div>
  );
}

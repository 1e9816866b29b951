import type { ProposalView } from "#shared/wire.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Checkbox, Choice } from "#ui/choice.tsx";
import { Difference } from "#ui/compared/difference.tsx";
import { Field, Input, Textarea } from "#ui/field.tsx";
import { plainLine } from "#ui/plain-line.ts";
import { Select } from "#ui/select.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { Ago } from "#ui/time.tsx";
import { toast } from "#ui/toast.tsx";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Check, PencilLine } from "lucide-react";
import { useState } from "react";
import { app } from "../../../i18n/app.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { useIsRole } from "../../../session/session.ts";
import { acceptEdit, dismissEdit, editsQuery, type EditKind } from "./data.ts";
import { texts } from "./texts.ts";

const kinds = ["open", "accepted", "dismissed"] as const;
const QUESTION_MAX = 500;

/** What reviewers wrote better, as changes of the articles that were quoted. */
export default function Edits() {
  const t = texts.use();
  const [kind, setKind] = useState<EditKind>("open");
  const { data, error, isFetching, refetch } = useQuery(editsQuery(kind));
  if (!data) return error ? <ErrorState title={t("edits.error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} /> : <SkeletonRows avatar={false} />;
  return (
    <div className="mx-auto flex w-full max-w-240 flex-col gap-4 p-4 md:p-6">
      <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <p className="max-w-140 text-sm text-muted">{t("edits.text")}</p>
        <Select aria-label={t("edits.kind")} value={kind} onChange={setKind} className="w-auto" options={kinds.map((each) => ({ value: each, label: t(`edits.kind.${each}`) }))} />
      </header>
      {data.length === 0 ? (
        <EmptyState icon={PencilLine} title={t(kind === "open" ? "edits.empty.title" : "edits.empty.none")} text={t(kind === "open" ? "edits.empty.text" : "edits.empty.none.text")} />
      ) : (
        <ul aria-label={t("edits.list")} className="flex flex-col gap-3">
          {data.map((edit) => (
            <li key={edit.id}>
              <Edit edit={edit} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Edit({ edit }: { edit: ProposalView }) {
  const t = texts.use();
  return (
    <article aria-label={edit.article.title} className="flex flex-col gap-3 rounded-md border border-line bg-pane p-4">
      <header className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h2 className="text-base font-semibold">
          <Link to="/knowledge" search={{ article: edit.article.id }} className="hover:underline">
            <bdi>{edit.article.title}</bdi>
          </Link>
        </h2>
        {edit.heading && <span className="text-sm text-muted">{t("edit.section", { heading: edit.heading })}</span>}
        <Ago at={edit.created_at} className="ms-auto text-xs text-faint" />
      </header>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-muted">
        <span>{t("edit.by", { name: edit.reviewer })}</span>
        {edit.reason && <Badge tone="warning">{t(`reason.${edit.reason}`)}</Badge>}
      </p>
      <p className="text-sm wrap-anywhere">
        <span className="text-muted">{t("edit.asked")}</span> <bdi>{plainLine(edit.question)}</bdi>{" "}
        <Link to="/inbox/$conversation" params={{ conversation: String(edit.conversation_id) }} search={{}} className="text-xs text-accent-text hover:underline">
          <span dir="ltr">#{edit.number}</span>
        </Link>
      </p>
      {edit.status === "open" ? <Open edit={edit} /> : edit.decided_by && <p className="text-xs text-faint">{t("gap.decided", { name: edit.decided_by })}</p>}
    </article>
  );
}

function Open({ edit }: { edit: ProposalView }) {
  const t = texts.use();
  const shell = app.use();
  const mayDecide = useIsRole("admin", "user");
  const [text, setText] = useState<string>();
  const [keeps, setKeeps] = useState(true);
  const [question, setQuestion] = useState(edit.suggested_question);
  const [busy, setBusy] = useState(false);
  const after = text ?? edit.after;
  const isSame = edit.after === edit.before;

  const accept = async (): Promise<void> => {
    setBusy(true);
    const changed = await acceptEdit(edit.id, { version: edit.version, text: after, question: keeps ? question.trim() : "" });
    setBusy(false);
    if (changed) toast({ tone: "success", title: t("edit.accepted"), text: t(changed.status === "published" ? "edit.accepted.text" : "edit.accepted.version", { version: changed.version }), key: "learning" });
  };
  const dismiss = async (): Promise<void> => {
    if (await dismissEdit(edit.id)) toast({ tone: "success", title: t("edit.dismissed"), key: "learning" });
  };

  return (
    <>
      {isSame && <p className="text-sm text-warning">{t("edit.same")}</p>}
      {isSame && (
        <section aria-label={t("edit.suggested")}>
          <h3 className="mb-1 text-xs font-semibold text-muted">{t("edit.suggested")}</h3>
          <p dir="auto" className="rounded-sm border border-line bg-sunken px-2.5 py-1.5 text-sm whitespace-pre-wrap wrap-anywhere">
            {edit.edited}
          </p>
        </section>
      )}
      {text !== undefined && <Field label={t("edit.change.label")}>{(ids) => <Textarea {...ids} value={text} onChange={(event) => setText(event.target.value)} className="font-mono text-sm" />}</Field>}
      {(!isSame || text !== undefined) && <Difference before={edit.before.trim()} after={after.trim()} />}
      {mayDecide && (
        <>
          <Choice label={t("edit.keep")}>{(ids) => <Checkbox {...ids} checked={keeps} onCheckedChange={(checked) => setKeeps(checked === true)} />}</Choice>
          {keeps && <Field label={t("edit.question")}>{(ids) => <Input {...ids} value={question} maxLength={QUESTION_MAX} onChange={(event) => setQuestion(event.target.value)} />}</Field>}
          <div className="flex flex-wrap gap-2">
            <Button size="sm" variant="primary" onClick={() => void accept()} busy={busy} disabled={after === edit.before}>
              <Check aria-hidden />
              {t(edit.article.status === "published" ? "edit.accept" : "edit.accept.draft")}
            </Button>
            {text === undefined && (
              <Button size="sm" onClick={() => setText(edit.after)}>
                {t("edit.change")}
              </Button>
            )}
            {text !== undefined && (
              <Button size="sm" onClick={() => setText(undefined)}>
                {shell("cancel")}
              </Button>
            )}
            <Button size="sm" variant="ghost" onClick={() => void dismiss()}>
              {t("edit.dismiss")}
            </Button>
          </div>
        </>
      )}
    </>
  );
}

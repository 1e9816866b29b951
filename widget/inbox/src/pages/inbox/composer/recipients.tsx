import type { ConversationView, PersonView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { cn } from "#ui/cn.ts";
import { useQuery } from "@tanstack/react-query";
import { ChevronDown, Reply, ReplyAll, X } from "lucide-react";
import { useId, useMemo, useRef, useState, type ClipboardEvent, type KeyboardEvent } from "react";
import { useStore } from "../../../use-store.ts";
import { recipientsQuery } from "../mails.ts";
import { texts } from "../texts.ts";
import { draftOf, putDraft } from "./drafts.ts";
import { add, changes, everybody, fields, leadsElsewhere, PEOPLE_MAX, proposed, read, remove, same, toOne, type Field, type Whom } from "./whom.ts";

const nameOf = ({ name, address }: PersonView): string => name || address;
const named = (people: readonly PersonView[]): string => people.map(nameOf).join(", ");

/** Whom the reply goes to, as the server will send it unless its writer chooses otherwise. */
export function Recipients({ conversation: { id } }: { conversation: ConversationView }) {
  const t = texts.use();
  const { data } = useQuery(recipientsQuery(id));
  const draft = useStore(useMemo(() => draftOf(id, "reply"), [id]));
  const [isOpen, setOpen] = useState(false);
  const panel = useId();
  if (!data) return <p className="h-8 px-3 py-1.5 text-xs text-faint">{t("whom.loading")}</p>;

  const whom = draft.whom ?? proposed(data);
  const { added, dropped } = changes(data.last, whom);
  const elsewhere = leadsElsewhere(data, whom);
  const choose = (next: Whom | undefined): void => putDraft(id, "reply", { ...draft, whom: next && !same(next, proposed(data)) ? next : undefined });
  const isToAll = same(whom, proposed(data));
  const canChoose = !same(toOne(data), proposed(data));

  return (
    <section aria-label={t("whom")} className="border-b border-line px-3 pb-1.5 text-xs" data-whom="">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <button type="button" aria-expanded={isOpen} aria-controls={panel} onClick={() => setOpen(!isOpen)} className="flex min-h-7 min-w-0 flex-1 items-center gap-1.5 rounded-xs text-start text-muted hover:text-ink touch:min-h-9">
          <ChevronDown className={cn("size-3.5 shrink-0 transition-transform", !isOpen && "-rotate-90 rtl:rotate-90")} aria-hidden />
          <span className="min-w-0 truncate">
            {fields.filter((field) => whom[field].length > 0).map((field, index) => (
              <span key={field}>
                {index > 0 && " · "}
                <span className="text-faint">{t(`whom.${field}`)}</span> <bdi className="text-ink">{named(whom[field])}</bdi>
              </span>
            ))}
            {everybody(whom).length === 0 && <span className="text-danger">{t("whom.nobody")}</span>}
          </span>
        </button>
        {canChoose && (
          <div role="group" aria-label={t("whom.kind")} className="flex gap-1">
            <Button variant="ghost" size="sm" aria-pressed={same(whom, toOne(data))} className={cn(same(whom, toOne(data)) && "bg-hover text-ink")} onClick={() => choose(toOne(data))}>
              <Reply className="rtl:-scale-x-100" aria-hidden />
              {t("whom.one")}
            </Button>
            <Button variant="ghost" size="sm" aria-pressed={isToAll} className={cn(isToAll && "bg-hover text-ink")} onClick={() => choose(undefined)}>
              <ReplyAll className="rtl:-scale-x-100" aria-hidden />
              {t("whom.all")}
            </Button>
          </div>
        )}
      </div>
      <div id={panel} hidden={!isOpen} className="flex flex-col gap-1 pt-1">
        {fields.map((field) => (
          <People key={field} field={field} whom={whom} choose={choose} />
        ))}
      </div>
      {!data.can_send && <p className="text-danger">{t("whom.unsendable")}</p>}
      {elsewhere && (
        <p className="text-warning">
          {t(elsewhere.heeded ? "whom.elsewhere" : "whom.elsewhere.unvouched", { to: elsewhere.to, from: elsewhere.from })}
        </p>
      )}
      <p role="status" className="text-faint empty:hidden">
        {added.length > 0 && <span className="me-3 text-warning">{t("whom.added", { people: named(added) })}</span>}
        {dropped.length > 0 && <span>{t("whom.dropped", { people: named(dropped) })}</span>}
      </p>
    </section>
  );
}

interface PeopleProps {
  field: Field;
  whom: Whom;
  choose: (next: Whom) => void;
}

/** One field: people as chips, and room to type another address. Enter, comma and leaving the field take it. */
export function People({ field, whom, choose }: PeopleProps) {
  const t = texts.use();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [error, setError] = useState<string>();
  const isFull = everybody(whom).length >= PEOPLE_MAX;

  const takeIn = (typed: string): void => {
    const { people, rest } = read(typed);
    if (people.length > 0) choose(add(whom, field, people));
    setText(rest);
    setError(rest ? t("whom.wrong", { text: rest }) : everybody(whom).length + people.length > PEOPLE_MAX ? t("whom.many", { count: PEOPLE_MAX }) : undefined);
  };
  const takeOut = (person: PersonView): void => {
    choose(remove(whom, field, person));
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const last = whom[field].at(-1);
    if (event.nativeEvent.isComposing) return;
    if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "," || event.key === ";") {
      event.preventDefault();
      if (text.trim()) takeIn(text);
    } else if (event.key === "Backspace" && !text && last) takeOut(last);
  };
  const onPaste = (event: ClipboardEvent): void => {
    const pasted = event.clipboardData.getData("text/plain");
    if (!pasted.includes("@")) return;
    event.preventDefault();
    takeIn(text + pasted);
  };

  return (
    <div className="flex items-start gap-2">
      <label htmlFor={id} className="w-14 shrink-0 pt-1.5 text-faint">
        {t(`whom.${field}`)}
      </label>
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="flex min-h-7 flex-wrap items-center gap-1 rounded-sm border border-line bg-pane px-1 py-0.5 focus-within:border-line-control">
          {whom[field].map((person) => (
            <span key={person.address} title={person.address} className="inline-flex h-5.5 max-w-full items-center rounded-xs bg-hover ps-1.5 touch:h-8">
              <bdi className="truncate">{nameOf(person)}</bdi>
              <button type="button" aria-label={t("whom.remove", { name: nameOf(person) })} onClick={() => takeOut(person)} className="inline-flex size-5.5 shrink-0 items-center justify-center rounded-xs text-muted hover:text-ink touch:size-8">
                <X className="size-3" aria-hidden />
              </button>
            </span>
          ))}
          <input
            ref={input}
            id={id}
            type="text"
            inputMode="email"
            autoComplete="off"
            spellCheck={false}
            dir="ltr"
            value={text}
            disabled={isFull}
            aria-invalid={error !== undefined}
            aria-describedby={error ? `${id}-error` : undefined}
            onChange={(event) => (setText(event.target.value), setError(undefined))}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
            onBlur={() => text.trim() && takeIn(text)}
            className="h-5.5 min-w-32 flex-1 bg-transparent px-1 text-start outline-none touch:h-8"
          />
        </div>
        {error && (
          <p id={`${id}-error`} role="alert" className="pt-0.5 text-danger">
            {error}
          </p>
        )}
      </div>
    </div>
  );
}

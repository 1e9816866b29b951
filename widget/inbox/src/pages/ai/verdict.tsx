import type { Receipt, ReviewInput, ToReview } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Difference } from "#ui/compared/difference.tsx";
import { Field, Textarea } from "#ui/field.tsx";
import { Kbd } from "#ui/kbd.tsx";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "#ui/menu.tsx";
import { Check, Pencil, X } from "lucide-react";
import { useRef, useState, type ReactNode } from "react";
import { useActions } from "../../actions/registry.ts";
import { app } from "../../i18n/app.ts";
import { useIsRole } from "../../session/session.ts";
import { review, useReviewed } from "./reviewed.ts";
import { texts } from "./texts.ts";

const reasons = ["wrong", "incomplete", "outdated", "tone", "should_hand_over", "other"] as const;
const CONTENT_MAX = 10_000;

/** Shows what is inside to those whose reviews the server takes. */
export const MayReview = ({ children }: { children: ReactNode }) => useIsRole("admin", "agent") && children;

interface VerdictProps {
  receipt: Receipt;
  /** Its place in the review queue, where it comes from there. */
  item?: ToReview;
  /** Single keys act: there is but one draft on screen. */
  keys?: boolean;
  /** Called as soon as something was said, before the server has answered. */
  said?: () => void;
  /** Opens this draft anew, for whoever wants to say something else. */
  again?: () => void;
  /** More buttons, at the end. */
  children?: ReactNode;
}

/** Approve, edit or reject a draft. What was said before is shown, and replaced. */
export function Verdict({ receipt, item, keys = false, said, again, children }: VerdictProps) {
  const t = texts.use();
  const before = useReviewed()[receipt.id];
  // Of which draft: another one starts without the form.
  const [editing, setEditing] = useState<number>();
  const [rejecting, setRejecting] = useState(false);
  const edit = useRef<HTMLButtonElement>(null);
  const isEditing = editing === receipt.id;

  const give = (input: ReviewInput): void => {
    setEditing(undefined);
    void review(receipt, input, { item, again });
    said?.();
  };
  const approve = (): void => give({ verdict: "approve", content: "" });
  const close = (): void => {
    edit.current?.focus();
    setEditing(undefined);
  };
  useActions(
    () =>
      keys
        ? [
            { name: "review.approve", label: () => texts.t("approve"), group: "app", icon: Check, shortcut: "a", perform: approve },
            { name: "review.edit", label: () => texts.t("edit"), group: "app", icon: Pencil, shortcut: "e", perform: () => setEditing(receipt.id) },
            { name: "review.reject", label: () => texts.t("reject"), group: "app", icon: X, shortcut: "r", perform: () => setRejecting(true) },
          ]
        : [],
    // What they do depends on the draft alone, and on who comes after it.
    [keys, receipt.id, said],
  );
  const key = (name: string): ReactNode => keys && <Kbd keys={name} className="touch:hidden max-md:hidden" />;
  const pressed = (verdict: ReviewInput["verdict"]): boolean => before !== undefined && !before.failed && before.input.verdict === verdict;

  return (
    <section aria-label={t("review")} className="flex flex-col gap-3">
      {isEditing && (
        <Edit
          key={receipt.id}
          draft={receipt.draft}
          start={before?.input.verdict === "edit" ? before.input.content : receipt.draft}
          save={(content) => give({ verdict: "edit", content })}
          close={close}
        />
      )}
      {before && (
        <p className="text-xs text-muted">{before.failed ? t("verdict.retry") : t("verdict.change", { verdict: t(`verdict.${before.input.verdict}`) })}</p>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button onClick={approve} aria-pressed={pressed("approve")} className="aria-pressed:border-success aria-pressed:text-success">
          <Check className="text-success" aria-hidden />
          {t("approve")}
          {key("a")}
        </Button>
        <Button
          ref={edit}
          onClick={() => (isEditing ? close() : setEditing(receipt.id))}
          aria-pressed={pressed("edit")}
          aria-expanded={isEditing}
          className="aria-pressed:border-accent-text aria-pressed:text-accent-text"
        >
          <Pencil aria-hidden />
          {t("edit")}
          {key("e")}
        </Button>
        <Menu open={rejecting} onOpenChange={setRejecting}>
          <MenuTrigger asChild>
            <Button aria-pressed={pressed("reject")} className="aria-pressed:border-danger aria-pressed:text-danger">
              <X className="text-danger" aria-hidden />
              {t("reject")}
              {key("r")}
            </Button>
          </MenuTrigger>
          <MenuContent side="top" aria-label={t("reject.why")} aria-labelledby={undefined}>
            {reasons.map((reason) => (
              <MenuItem key={reason} onSelect={() => give({ verdict: "reject", reason, content: "" })}>
                {t(`reason.${reason}`)}
              </MenuItem>
            ))}
          </MenuContent>
        </Menu>
        {children}
      </div>
    </section>
  );
}

interface EditProps {
  draft: string;
  /** What the field begins with: the draft, or what was written before. */
  start: string;
  save: (content: string) => void;
  close: () => void;
}

function Edit({ draft, start, save, close }: EditProps) {
  const t = texts.use();
  const shell = app.use();
  const [content, setContent] = useState(start);
  const [tried, setTried] = useState(false);
  const error = [...content].length > CONTENT_MAX ? t("edit.too-long") : tried && !content.trim() ? t("edit.empty") : undefined;
  const submit = (): void => {
    setTried(true);
    if (content.trim() && [...content].length <= CONTENT_MAX) save(content);
  };
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Field label={t("edit.label")} error={error}>
        {(ids) => (
          <Textarea
            {...ids}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- who presses Edit writes next
            autoFocus
            value={content}
            onChange={(event) => setContent(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
              else if (event.key === "Escape") close();
              else return;
              event.preventDefault();
            }}
            className="max-h-[30dvh]"
          />
        )}
      </Field>
      <Difference before={draft} after={content} />
      <div className="flex gap-2">
        <Button type="submit" variant="primary">
          {t("edit.save")}
          <Kbd keys="mod+enter" className="touch:hidden max-md:hidden" />
        </Button>
        <Button variant="ghost" onClick={close}>
          {shell("cancel")}
        </Button>
      </div>
    </form>
  );
}

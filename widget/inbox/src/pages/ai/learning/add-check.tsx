import type { CheckInput } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { Field, Input } from "#ui/field.tsx";
import { Select } from "#ui/select.tsx";
import { toast } from "#ui/toast.tsx";
import { useId, useState } from "react";
import { app } from "../../../i18n/app.ts";
import { ChooseArticle } from "./choose-article.tsx";
import { keepCheck } from "./data.ts";
import { texts } from "./texts.ts";

const QUESTION_MAX = 500;

/** A question by hand: what it must become. */
export function AddCheck({ close }: { close: () => void }) {
  const t = texts.use();
  const shell = app.use();
  const form = useId();
  const [question, setQuestion] = useState("");
  const [expects, setExpects] = useState<CheckInput["expects"]>("answer");
  const [article, setArticle] = useState<{ id: number; title: string }>();
  const [choosing, setChoosing] = useState(false);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setTried(true);
    if (!question.trim() || busy) return;
    setBusy(true);
    const kept = await keepCheck({ question: question.trim(), expects, article_id: expects === "answer" ? (article?.id ?? null) : null });
    setBusy(false);
    if (!kept) return;
    toast({ tone: "success", title: t("check.new.added"), key: "learning" });
    close();
  };
  if (choosing)
    return (
      <ChooseArticle
        title={t("check.new.article")}
        close={() => setChoosing(false)}
        chosen={(found) => {
          setArticle(found);
          setChoosing(false);
        }}
      />
    );
  return (
    <Dialog open onOpenChange={(open) => !open && close()}>
      <DialogContent
        title={t("checks.add")}
        footer={
          <>
            <Button variant="ghost" onClick={close}>
              {shell("cancel")}
            </Button>
            <Button type="submit" form={form} variant="primary" busy={busy}>
              {t("checks.add")}
            </Button>
          </>
        }
      >
        <form
          id={form}
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <Field label={t("check.question")} hint={t("check.new.hint")} error={tried && !question.trim() ? t("check.new.empty") : undefined}>
            {(ids) => <Input {...ids} value={question} maxLength={QUESTION_MAX} onChange={(event) => setQuestion(event.target.value)} />}
          </Field>
          <Field label={t("check.new.expects")}>
            {(ids) => (
              <Select
                {...ids}
                value={expects}
                onChange={setExpects}
                options={[
                  { value: "answer", label: t("check.new.answer") },
                  { value: "handover", label: t("check.new.handover") },
                ]}
              />
            )}
          </Field>
          {expects === "answer" && (
            <p className="flex flex-wrap items-center gap-2 text-sm">
              <span className="text-muted">{t("check.new.article")}:</span>
              <bdi>{article?.title ?? t("check.new.article.any")}</bdi>
              <Button size="sm" onClick={() => setChoosing(true)}>
                {t("check.new.article.choose")}
              </Button>
            </p>
          )}
        </form>
      </DialogContent>
    </Dialog>
  );
}

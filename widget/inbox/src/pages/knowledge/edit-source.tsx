import type { SourceChanges, SourceView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { Field, Input } from "#ui/field.tsx";
import { Select } from "#ui/select.tsx";
import { toast } from "#ui/toast.tsx";
import { useId, useState } from "react";
import { app } from "../../i18n/app.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { CategoryInput } from "./category-input.tsx";
import { updateSource } from "./data.ts";
import { isLanguage } from "./language.ts";
import { texts } from "./texts.ts";

/** For whom a source is, and when it is read again; its documents follow. */
export function EditSource({ item, close }: { item: SourceView; close: () => void }) {
  const t = texts.use();
  const shell = app.use();
  const form = useId();
  const [audience, setAudience] = useState(item.audience);
  const [language, setLanguage] = useState(item.language);
  const [category, setCategory] = useState(item.category);
  const [refresh, setRefresh] = useState(String(item.refresh_hours));
  const [busy, setBusy] = useState(false);
  const schedules = ["24", "168", "0"].includes(refresh) ? [] : [{ value: refresh, label: t("refresh.hours", { count: Number(refresh) }) }];

  const save = async (): Promise<void> => {
    if (busy || !isLanguage(language)) return;
    setBusy(true);
    const changes: SourceChanges = { audience, language, category: category.trim(), ...(item.kind === "website" ? { refresh_hours: Number(refresh) } : {}) };
    try {
      await updateSource(item.id, changes);
      toast({ tone: "success", title: shell("saved"), text: t("sources.follow"), key: "source" });
      close();
    } catch (error) {
      toast({ tone: "error", title: t("sources.failed"), text: problemText(error), key: "source" });
      setBusy(false);
    }
  };

  return (
    <Dialog open onOpenChange={(open) => !open && close()}>
      <DialogContent
        title={t("sources.edit.title", { name: item.name })}
        footer={
          <>
            <Button onClick={close}>{shell("cancel")}</Button>
            <Button type="submit" form={form} variant="primary" busy={busy}>
              {t("save")}
            </Button>
          </>
        }
      >
        <form
          id={form}
          className="grid gap-4 sm:grid-cols-2"
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <Field label={t("audience")} hint={t(`audience.${audience}.hint`)}>
            {(ids) => (
              <Select
                {...ids}
                value={audience}
                onChange={setAudience}
                options={[
                  { value: "public", label: t("audience.public") },
                  { value: "internal", label: t("audience.internal") },
                ]}
              />
            )}
          </Field>
          <Field label={t("category")} hint={t("category.hint")}>
            {(ids) => <CategoryInput {...ids} value={category} onChange={setCategory} />}
          </Field>
          <Field label={t("language")} hint={t("language.hint")} error={isLanguage(language) ? undefined : t("language.invalid")}>
            {(ids) => <Input {...ids} value={language} maxLength={3} onChange={(event) => setLanguage(event.target.value.trim().toLowerCase())} />}
          </Field>
          {item.kind === "website" && (
            <Field label={t("refresh")}>
              {(ids) => (
                <Select
                  {...ids}
                  value={refresh}
                  onChange={setRefresh}
                  options={[
                    ...schedules,
                    { value: "24", label: t("refresh.day") },
                    { value: "168", label: t("refresh.week") },
                    { value: "0", label: t("refresh.never") },
                  ]}
                />
              )}
            </Field>
          )}
        </form>
      </DialogContent>
    </Dialog>
  );
}

import { Segmented } from "#ui/choice.tsx";
import { Field, Input } from "#ui/field.tsx";
import { texts } from "../texts.ts";
import { ColorField, NumberField } from "./controls.tsx";
import type { Draft } from "./items.ts";

const LANGUAGE = /^([a-z]{2,3})?$/;
const colors = ["accent", "color", "surface", "background"] as const;
const fonts = ["sans", "serif", "mono"] as const;

/** Whether it can be the language of a template: empty, or as in `de`. */
export const isLanguage = (language: string): boolean => LANGUAGE.test(language);

/** How all mails of a template look. */
export function StyleFields({ draft, change }: { draft: Draft; change: (changes: Partial<Draft>, field?: string) => void }) {
  const t = texts.use();
  const { style } = draft;
  const set = (changes: Partial<Draft["style"]>, field?: string): void => change({ style: { ...style, ...changes } }, field);
  return (
    <div className="flex flex-col gap-4">
      <div className="grid grid-cols-2 gap-4">
        {colors.map((name) => (
          <ColorField key={name} label={t(`style.${name}`)} path={`style.${name}`} value={style[name]} onChange={(value) => set({ [name]: value }, `style.${name}`)} />
        ))}
      </div>
      <div className="flex flex-col items-start gap-1.5">
        <span className="text-sm font-medium">{t("style.font")}</span>
        <Segmented aria-label={t("style.font")} value={style.font} onChange={(font) => set({ font })} options={fonts.map((value) => ({ value, label: t(`style.font.${value}`) }))} />
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <NumberField label={t("style.width")} value={style.width} min={480} max={720} onChange={(width) => set({ width })} hint={t("style.width.hint")} />
        <Field label={t("language")} hint={t("language.hint")} error={isLanguage(draft.language) ? undefined : t("language.invalid")}>
          {(ids) => <Input {...ids} data-path="language" value={draft.language} maxLength={3} onChange={(event) => change({ language: event.target.value.trim().toLowerCase() }, "language")} />}
        </Field>
      </div>
      <p className="text-xs text-faint">{t("style.night")}</p>
    </div>
  );
}

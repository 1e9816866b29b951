import { Checkbox, Segmented } from "#ui/choice.tsx";
import { Field, fieldClass, Input, Label } from "#ui/field.tsx";
import { cn } from "#ui/cn.ts";
import { AlignCenter, AlignLeft, AlignRight } from "lucide-react";
import { useId } from "react";
import { texts } from "../texts.ts";

type Align = "start" | "center" | "end";

export function AlignChoice({ value, onChange }: { value: Align; onChange: (value: Align) => void }) {
  const t = texts.use();
  return (
    <div className="flex flex-col items-start gap-1.5">
      <span className="text-sm font-medium">{t("align")}</span>
      <Segmented
        aria-label={t("align")}
        value={value}
        onChange={onChange}
        options={[
          { value: "start", label: t("align.start"), icon: <AlignLeft className="rtl:-scale-x-100" aria-hidden /> },
          { value: "center", label: t("align.center"), icon: <AlignCenter aria-hidden /> },
          { value: "end", label: t("align.end"), icon: <AlignRight className="rtl:-scale-x-100" aria-hidden /> },
        ]}
      />
    </div>
  );
}

interface ColorProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  path?: string;
}

export function ColorField({ label, value, onChange, path }: ColorProps) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1.5">
      <Label htmlFor={id}>{label}</Label>
      <span className={cn(fieldClass, "flex h-8 items-center gap-2 px-1 touch:h-10")}>
        <input id={id} type="color" data-path={path} value={value} onChange={(event) => onChange(event.target.value)} className="h-6 w-9 shrink-0 rounded-xs border border-line bg-transparent touch:h-8" />
        <bdi className="font-mono text-xs text-muted">{value}</bdi>
      </span>
    </div>
  );
}

/** A colour of its own, or the template's. */
export function OwnColor({ value, onChange, usual }: { value: string | null; onChange: (value: string | null) => void; usual: string }) {
  const t = texts.use();
  const id = useId();
  return (
    <div className="flex flex-col gap-2">
      <span className="flex items-center gap-2">
        <Checkbox id={id} checked={value !== null} onCheckedChange={(checked) => onChange(checked === true ? usual : null)} />
        <label htmlFor={id} className="text-sm">
          {t("color.own")}
        </label>
      </span>
      {value !== null && <ColorField label={t("color")} value={value} onChange={onChange} />}
    </div>
  );
}

interface NumberProps {
  label: string;
  value: number;
  onChange: (value: number) => void;
  min: number;
  max: number;
  hint?: string;
}

/** A whole number within its limits. */
export function NumberField({ label, value, onChange, min, max, hint }: NumberProps) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <Input
          {...ids}
          key={value}
          type="number"
          dir="ltr"
          min={min}
          max={max}
          defaultValue={value}
          onBlur={(event) => {
            const given = Math.round(Number(event.target.value));
            const next = event.target.value && Number.isFinite(given) ? Math.min(max, Math.max(min, given)) : value;
            event.target.value = String(next);
            if (next !== value) onChange(next);
          }}
        />
      )}
    </Field>
  );
}

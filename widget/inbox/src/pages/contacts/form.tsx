import type { ContactView } from "#shared/wire.ts";
import { Field, Input } from "#ui/field.tsx";
import { focusOnMount } from "#ui/focus.ts";
import { texts } from "./texts.ts";

/** What can be said of a contact, as its fields hold it. */
export interface Fields {
  first_name: string;
  last_name: string;
  email: string;
  phone: string;
  tags: string;
}

export const blank: Fields = { first_name: "", last_name: "", email: "", phone: "", tags: "" };

export const fieldsOf = ({ first_name, last_name, email, phone, tags }: ContactView): Fields => ({ first_name, last_name, email: email ?? "", phone: phone ?? "", tags: tags.join(", ") });

export const same = (a: Fields, b: Fields): boolean => (Object.keys(a) as (keyof Fields)[]).every((name) => a[name] === b[name]);

/** As the server wants it. */
export const valuesOf = ({ first_name, last_name, email, phone, tags }: Fields) => ({
  first_name: first_name.trim(),
  last_name: last_name.trim(),
  email: email.trim() || null,
  phone: phone.trim() || null,
  tags: [...new Set(tags.split(",").map((tag) => tag.trim()).filter(Boolean))],
});

export const isEmailFine = ({ email }: Fields): boolean => email.trim() === "" || /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email.trim());
export const isPhoneFine = ({ phone }: Fields): boolean => /^[0-9+() ./-]*$/.test(phone);

interface ContactFieldsProps {
  fields: Fields;
  set: (fields: Fields) => void;
  tried: boolean;
  focus?: boolean;
}

export function ContactFields({ fields, set, tried, focus = false }: ContactFieldsProps) {
  const t = texts.use();
  const bind = (name: keyof Fields) => ({ value: fields[name], onChange: (event: { target: { value: string } }) => set({ ...fields, [name]: event.target.value }) });
  return (
    <div className="flex flex-col gap-3">
      <div className="grid grid-cols-2 gap-3">
        <Field label={t("first-name")}>{(ids) => <Input {...ids} {...bind("first_name")} {...(focus ? { ref: focusOnMount } : {})} maxLength={80} />}</Field>
        <Field label={t("last-name")}>{(ids) => <Input {...ids} {...bind("last_name")} maxLength={80} />}</Field>
      </div>
      <Field label={t("email")} error={tried && !isEmailFine(fields) ? t("email.wrong") : undefined}>
        {(ids) => <Input {...ids} {...bind("email")} type="email" dir="ltr" maxLength={254} />}
      </Field>
      <Field label={t("phone")} error={tried && !isPhoneFine(fields) ? t("phone.wrong") : undefined}>
        {(ids) => <Input {...ids} {...bind("phone")} type="tel" dir="ltr" maxLength={40} />}
      </Field>
      <Field label={t("tags")} hint={t("tags.hint")}>
        {(ids) => <Input {...ids} {...bind("tags")} />}
      </Field>
    </div>
  );
}

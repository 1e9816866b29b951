import { accent, contrast, parse } from "#shared/color.ts";
import type { OrganizationView } from "#shared/wire.ts";
import { Badge } from "#ui/badge.tsx";
import { Field, Input } from "#ui/field.tsx";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLocale } from "../../../i18n/locale.ts";
import { organizationQuery, updateOrganization } from "../organization.ts";
import { FormPart, Loaded, Part } from "../parts.tsx";
import { texts } from "../texts.ts";

export default function Organization() {
  const query = useQuery(organizationQuery);
  return (
    <Loaded query={query}>
      {(organization) => (
        <>
          <Identity organization={organization} />
          <Plan organization={organization} />
        </>
      )}
    </Loaded>
  );
}

function Identity({ organization }: { organization: OrganizationView }) {
  const t = texts.use();
  const [name, setName] = useState(organization.name);
  const [color, setColor] = useState(organization.accent_color);
  const isColor = parse(color) !== undefined && color.length === 7;
  const isDirty = (name.trim() !== organization.name || color.toLowerCase() !== organization.accent_color) && name.trim() !== "" && isColor;
  return (
    <FormPart title={t("organization.identity")} text={t("organization.identity.text")} isDirty={isDirty} save={() => updateOrganization({ name: name.trim(), accent_color: color.toLowerCase() })}>
      <Field label={t("organization.name")}>{(ids) => <Input {...ids} value={name} maxLength={120} onChange={(event) => setName(event.target.value)} />}</Field>
      <Field label={t("organization.color")} error={isColor ? undefined : t("organization.color.wrong")}>
        {(ids) => (
          <div className="flex items-center gap-2">
            <input
              type="color"
              aria-label={t("organization.color.pick")}
              value={isColor ? color : "#3557c9"}
              onChange={(event) => setColor(event.target.value)}
              className="h-8 w-12 shrink-0 cursor-pointer rounded-sm border border-line-strong bg-pane p-0.5 touch:h-10"
            />
            <Input {...ids} value={color} maxLength={7} dir="ltr" onChange={(event) => setColor(event.target.value)} className="max-w-32 font-mono" />
          </div>
        )}
      </Field>
      {isColor && <Preview color={color} />}
    </FormPart>
  );
}

const grounds = { light: "#ffffff", dark: "#141417" } as const;

/** What becomes of the colour on both grounds; it is shifted where it could not be read. */
function Preview({ color }: { color: string }) {
  const t = texts.use();
  const locale = useLocale();
  const ratio = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {(["light", "dark"] as const).map((name) => {
        const { fill, on, text, soft } = accent(color, grounds[name]);
        const isShifted = fill.toLowerCase() !== color.toLowerCase();
        return (
          <figure key={name} className="rounded-sm border border-line p-3" style={{ background: grounds[name] }}>
            <div className="flex items-center gap-3">
              <span className="rounded-sm px-3 py-1.5 text-sm font-medium" style={{ background: fill, color: on }}>
                {t("organization.preview.button")}
              </span>
              <span className="rounded-xs px-1.5 py-0.5 text-sm font-medium" style={{ background: soft, color: text }}>
                {t("organization.preview.link")}
              </span>
            </div>
            <figcaption className="mt-2 text-xs" style={{ color: name === "dark" ? "#a9a9b3" : "#55555f" }}>
              {t(`theme.${name}`)} · {t("organization.contrast", { ratio: ratio.format(contrast(fill, on)) })}
              {isShifted && ` · ${t("organization.shifted")}`}
            </figcaption>
          </figure>
        );
      })}
    </div>
  );
}

function Plan({ organization }: { organization: OrganizationView }) {
  const t = texts.use();
  const locale = useLocale();
  const number = new Intl.NumberFormat(locale);
  const isUnlimited = organization.contacts_limit < 0;
  return (
    <Part title={t("organization.plan")}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-sm">
        <dt className="text-muted">{t("organization.plan.name")}</dt>
        <dd className="flex items-center gap-2">
          <span className="first-letter:uppercase">{organization.subscription_plan === "free" ? t("plan.free") : organization.subscription_plan}</span>
          <Badge tone={organization.subscription_status === "active" ? "success" : "warning"}>
            {organization.subscription_status === "active" ? t("plan.status.active") : organization.subscription_status.replaceAll("_", " ")}
          </Badge>
        </dd>
        <dt className="text-muted">{t("organization.plan.contacts")}</dt>
        <dd className="tabular-nums">
          {number.format(organization.contacts_used)}
          {isUnlimited ? ` · ${t("organization.plan.unlimited")}` : ` / ${number.format(organization.contacts_limit)}`}
        </dd>
      </dl>
    </Part>
  );
}

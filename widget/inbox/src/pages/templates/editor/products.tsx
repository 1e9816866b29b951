import { Button } from "#ui/button.tsx";
import { Choice, Switch } from "#ui/choice.tsx";
import { Field, Input } from "#ui/field.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Select } from "#ui/select.tsx";
import { Plus, Trash2 } from "lucide-react";
import { texts } from "../texts.ts";
import { NumberField } from "./controls.tsx";
import { useEditing } from "./editing.ts";
import type { Item } from "./items.ts";
import { TagField } from "./tag-field.tsx";
import { tagTitle } from "./tags.tsx";

type Products = Extract<Item["block"], { type: "products" }>;
type Product = NonNullable<Products["items"]>[number];

const OWN = "own";
const MOST = 20;

/** The same products for everybody, or those that a mail is about: of an order, of a cart. */
export function ProductFields({ block, path, change }: { block: Products; path: string; change: (block: Products, field?: string) => void }) {
  const t = texts.use();
  const { fields, faults } = useEditing();
  const sources = fields.filter(({ kind }) => kind === "items");
  const items = block.items ?? [];
  const isOwn = block.source === "";
  const fault = faults.find((each) => each.path === path || each.path === `${path}.source`);
  const set = (place: number, changes: Partial<Product>, field: string): void =>
    change({ ...block, items: items.map((item, other) => (other === place ? { ...item, ...changes } : item)) }, `${path}.items[${place}].${field}`);
  return (
    <>
      {(sources.length > 0 || !isOwn) && (
        <Field label={t("products.source")} error={fault && t(`fault.${fault.code}`)}>
          {(ids) => (
            <Select
              {...ids}
              value={block.source || OWN}
              onChange={(value) => change({ ...block, source: value === OWN ? "" : value, items: value === OWN ? items : [] })}
              options={[
                { value: OWN, label: t("products.own") },
                ...sources.map((field) => ({ value: field.name, label: tagTitle(field) })),
                ...(isOwn || sources.some(({ name }) => name === block.source) ? [] : [{ value: block.source, label: block.source }]),
              ]}
            />
          )}
        </Field>
      )}
      {isOwn && (
        <>
          {fault && sources.length === 0 && <p className="text-xs text-danger">{t("products.none")}</p>}
          {items.map((item, place) => (
            <fieldset key={place} className="flex flex-col gap-3 rounded-sm border border-line p-3">
              <legend className="px-1 text-xs text-muted">{t("product", { number: place + 1 })}</legend>
              <div className="flex items-end gap-2">
                <Field label={t("product.title")} className="flex-1" error={item.title.trim() ? undefined : t("product.title.required")}>
                  {(ids) => <Input {...ids} value={item.title} maxLength={200} onChange={(event) => set(place, { title: event.target.value }, "title")} />}
                </Field>
                <IconButton label={t("product.remove", { number: place + 1 })} onClick={() => change({ ...block, items: items.filter((_, other) => other !== place) })}>
                  <Trash2 aria-hidden />
                </IconButton>
              </div>
              <Field label={t("product.price")} hint={t("product.price.hint")}>
                {(ids) => <Input {...ids} value={item.price} maxLength={40} onChange={(event) => set(place, { price: event.target.value }, "price")} />}
              </Field>
              <TagField label={t("field.url")} path={`${path}.items[${place}].url`} value={item.url} max={2000} onChange={(url) => set(place, { url }, "url")} hint={t("optional")} />
              <TagField label={t("field.src")} path={`${path}.items[${place}].image_url`} value={item.image_url} max={2000} onChange={(image_url) => set(place, { image_url }, "image_url")} hint={t("optional")} />
            </fieldset>
          ))}
          <div>
            <Button size="sm" disabled={items.length >= MOST} onClick={() => change({ ...block, items: [...items, { title: t("product.new"), quantity: 1, price: "", url: "", image_url: "" }] })}>
              <Plus aria-hidden />
              {t("product.add")}
            </Button>
          </div>
        </>
      )}
      {!isOwn && <NumberField label={t("products.most")} value={block.most} min={1} max={MOST} onChange={(most) => change({ ...block, most })} />}
      <Choice label={t("products.images")}>{(ids) => <Switch {...ids} checked={block.show_images} onCheckedChange={(show_images) => change({ ...block, show_images })} />}</Choice>
      <Choice label={t("products.prices")}>{(ids) => <Switch {...ids} checked={block.show_prices} onCheckedChange={(show_prices) => change({ ...block, show_prices })} />}</Choice>
    </>
  );
}

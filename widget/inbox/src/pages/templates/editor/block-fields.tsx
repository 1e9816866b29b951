import { Button } from "#ui/button.tsx";
import { Segmented } from "#ui/choice.tsx";
import { confirm } from "#ui/confirm.ts";
import type { ComponentType } from "react";
import { texts } from "../texts.ts";
import { AlignChoice, NumberField, OwnColor } from "./controls.tsx";
import type { Item, Kind } from "./items.ts";
import { leaves } from "./kinds.ts";
import { ProductFields } from "./products.tsx";
import { TagField } from "./tag-field.tsx";

type Block = Item["block"];

export interface BlocksProps {
  items: readonly Item[];
  /** `field`: where something is being typed; without it, it is a step of its own. */
  onChange: (items: Item[], field?: string) => void;
  /** Where this list stands: `blocks`, or `blocks[2].columns[0].blocks`. */
  path: string;
  label: string;
  kinds: readonly Kind[];
  accent: string;
  most: number;
}

interface FieldsProps<B> {
  block: B;
  path: string;
  change: (block: Block, field?: string) => void;
  accent: string;
  /** What draws the blocks within columns. */
  List: ComponentType<BlocksProps>;
}

const COLUMN_BLOCKS = 20;

/** What can be said of one block. */
export function BlockFields({ block, path, change, accent, List }: FieldsProps<Block>) {
  const t = texts.use();
  /** A field that is typed into: its letters are one step of undoing. */
  const typed = (name: string) => (value: string): void => change({ ...block, [name]: value } as Block, `${path}.${name}`);
  switch (block.type) {
    case "heading":
      return (
        <>
          <TagField label={t("field.text")} path={`${path}.text`} value={block.text} onChange={typed("text")} max={300} tags="words" />
          <div className="flex flex-wrap gap-4">
            <div className="flex flex-col items-start gap-1.5">
              <span className="text-sm font-medium">{t("level")}</span>
              <Segmented
                aria-label={t("level")}
                value={String(block.level)}
                onChange={(level) => change({ ...block, level: Number(level) })}
                options={(["1", "2", "3"] as const).map((value) => ({ value: value as string, label: t(`level.${value}`) }))}
              />
            </div>
            <AlignChoice value={block.align} onChange={(align) => change({ ...block, align })} />
          </div>
        </>
      );
    case "text":
      return (
        <>
          <TagField label={t("field.text")} path={`${path}.text`} value={block.text} onChange={typed("text")} max={10_000} long tags="words" hint={t("field.text.hint")} />
          <AlignChoice value={block.align} onChange={(align) => change({ ...block, align })} />
        </>
      );
    case "button":
      return (
        <>
          <TagField label={t("field.label")} path={`${path}.label`} value={block.label} onChange={typed("label")} max={300} tags="words" />
          <TagField label={t("field.url")} path={`${path}.url`} value={block.url} onChange={typed("url")} max={2000} tags="address" hint={t("field.url.hint")} />
          <AlignChoice value={block.align} onChange={(align) => change({ ...block, align })} />
          <OwnColor value={block.color ?? null} usual={accent} onChange={(color) => change({ ...block, color }, `${path}.color`)} />
        </>
      );
    case "image":
      return (
        <>
          <TagField label={t("field.src")} path={`${path}.src`} value={block.src} onChange={typed("src")} max={2000} tags="address" hint={t("field.src.hint")} />
          <TagField label={t("field.alt")} path={`${path}.alt`} value={block.alt} onChange={typed("alt")} max={300} tags="words" hint={t("field.alt.hint")} />
          <TagField label={t("field.image-url")} path={`${path}.url`} value={block.url} onChange={typed("url")} max={2000} tags="address" hint={t("optional")} />
          <div className="grid gap-4 sm:grid-cols-2">
            <NumberField label={t("field.width")} value={block.width} min={1} max={720} onChange={(width) => change({ ...block, width })} />
            <AlignChoice value={block.align} onChange={(align) => change({ ...block, align })} />
          </div>
        </>
      );
    case "divider":
      return <OwnColor value={block.color ?? null} usual="#d4d4d8" onChange={(color) => change({ ...block, color }, `${path}.color`)} />;
    case "spacer":
      return <NumberField label={t("field.height")} value={block.height} min={4} max={200} onChange={(height) => change({ ...block, height })} />;
    case "products":
      return <ProductFields block={block} path={path} change={change} />;
    case "html":
      return <TagField label={t("field.html")} path={`${path}.html`} value={block.html} onChange={typed("html")} max={200_000} long mono hint={t("field.html.hint")} tags="words" />;
    case "footer":
      return (
        <>
          <TagField label={t("field.footer")} path={`${path}.text`} value={block.text} onChange={typed("text")} max={2000} long tags="words" hint={t("field.footer.hint")} />
          <TagField label={t("field.address")} path={`${path}.address`} value={block.address} onChange={typed("address")} max={300} long hint={t("field.address.hint")} />
          <div className="grid gap-4 sm:grid-cols-2">
            <TagField label={t("field.unsubscribe")} path={`${path}.unsubscribe`} value={block.unsubscribe} onChange={typed("unsubscribe")} max={300} />
            <TagField label={t("field.preferences")} path={`${path}.preferences`} value={block.preferences} onChange={typed("preferences")} max={300} hint={t("field.preferences.hint")} />
          </div>
        </>
      );
    case "columns":
      return <Columns block={block} path={path} change={change} accent={accent} List={List} />;
  }
}

function Columns({ block, path, change, accent, List }: FieldsProps<Extract<Block, { type: "columns" }>>) {
  const t = texts.use();
  const { columns } = block;
  const add = (): void => change({ ...block, columns: [...columns, []] });
  const remove = async (): Promise<void> => {
    const isFull = (columns[2]?.length ?? 0) > 0;
    if (isFull && !(await confirm({ title: t("columns.less.title"), text: t("columns.less.text"), action: t("columns.less"), danger: true }))) return;
    change({ ...block, columns: columns.slice(0, 2) });
  };
  return (
    <>
      {columns.map((items, place) => (
        <section key={place} aria-label={t("column", { number: place + 1 })} className="flex flex-col gap-2 rounded-sm bg-sunken p-2">
          <h3 className="text-xs font-medium text-muted">{t("column", { number: place + 1 })}</h3>
          <List
            items={items}
            onChange={(next, field) => change({ ...block, columns: columns.map((each, other) => (other === place ? next : each)) }, field)}
            path={`${path}.columns[${place}].blocks`}
            label={t("column.blocks", { number: place + 1 })}
            kinds={leaves}
            accent={accent}
            most={COLUMN_BLOCKS}
          />
        </section>
      ))}
      <div>
        {columns.length < 3 ? (
          <Button size="sm" onClick={add}>
            {t("columns.more")}
          </Button>
        ) : (
          <Button size="sm" onClick={() => void remove()}>
            {t("columns.less")}
          </Button>
        )}
      </div>
    </>
  );
}

import { Button } from "#ui/button.tsx";
import { Command, CommandEmpty, CommandInput, CommandItem, CommandList } from "#ui/command.tsx";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { Input } from "#ui/field.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Popover, PopoverContent, PopoverTrigger } from "#ui/popover.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { ErrorState } from "#ui/states.tsx";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Eye, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { api } from "../../../api/client.ts";
import { useLocale } from "../../../i18n/locale.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { useSettled } from "../../../use-settled.ts";
import { ContactPicker } from "../../templates/contact-picker.tsx";
import { templatesQuery } from "../../templates/data.ts";
import { MailLook } from "../../templates/look.tsx";
import { Thumb } from "../../templates/thumb.tsx";
import { share } from "../numbers.ts";
import type { Campaign } from "../data.ts";
import { texts } from "../texts.ts";
import type { Chosen } from "./use-draft.ts";

const MOST = 4;
const WEIGHT = 100;
const letter = (place: number): string => "ABCD"[place] ?? "";

interface VariantsProps {
  campaign: Campaign;
  chosen: Chosen["variants"];
  onChange: (variants: Chosen["variants"]) => void;
}

/** The mail that is sent, or up to four that are tried against each other. */
export function Variants({ campaign, chosen, onChange }: VariantsProps) {
  const t = texts.use();
  const [looked, setLooked] = useState<number>();
  return (
    <>
      <ul aria-label={t("variants")} className="grid gap-4 empty:hidden sm:grid-cols-2">
        {chosen.map((variant, place) => (
          <Variant
            key={`${place} ${variant.template_id}`}
            campaign={campaign}
            chosen={chosen}
            place={place}
            change={(changes) => onChange(chosen.map((each, other) => (other === place ? { ...each, ...changes } : each)))}
            remove={() => onChange(chosen.filter((_, other) => other !== place))}
            look={() => setLooked(variant.template_id)}
          />
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-3">
        <Choose label={t(chosen.length === 0 ? "variants.first" : "variants.more")} disabled={chosen.length >= MOST} choose={(id) => onChange([...chosen, { template_id: id, weight: 1 }])} />
        {chosen.length > 0 && <p className="min-w-40 flex-1 text-xs text-faint">{t("variants.hint")}</p>}
      </div>
      {looked !== undefined && <Look id={looked} close={() => setLooked(undefined)} />}
    </>
  );
}

interface VariantProps {
  campaign: Campaign;
  chosen: Chosen["variants"];
  place: number;
  change: (changes: Partial<Chosen["variants"][number]>) => void;
  remove: () => void;
  look: () => void;
}

function Variant({ campaign, chosen, place, change, remove, look }: VariantProps) {
  const t = texts.use();
  const locale = useLocale();
  const { template_id, weight } = chosen[place]!;
  const known = campaign.variants.find((each) => each.template_id === template_id);
  const name = known?.template_name ?? "…";
  const all = chosen.reduce((sum, each) => sum + each.weight, 0);
  const isTried = chosen.length > 1;
  return (
    <li className="flex flex-col rounded-md border border-line">
      <Thumb id={template_id} version={known?.version ?? 0} />
      <div className="flex flex-1 flex-col gap-2 p-3">
        <p className="min-w-0">
          <span className="flex items-center gap-2 text-sm font-medium">
            {isTried && <span className="inline-flex size-5 shrink-0 items-center justify-center rounded-full bg-accent-soft text-xs text-accent-text">{letter(place)}</span>}
            <bdi className="truncate">{name}</bdi>
          </span>
          <bdi className="block truncate text-xs text-muted">{known?.subject}</bdi>
        </p>
        {isTried && (
          <span className="flex items-center gap-2 text-xs text-muted">
            {t("variants.weight")}
            <Input
              key={weight}
              type="number"
              dir="ltr"
              min={1}
              max={WEIGHT}
              defaultValue={weight}
              aria-label={t("variants.weight.of", { name: letter(place) })}
              onBlur={(event) => {
                const next = Math.min(WEIGHT, Math.max(1, Math.round(Number(event.target.value)) || 1));
                event.target.value = String(next);
                if (next !== weight) change({ weight: next });
              }}
              className="w-20"
            />
            <span className="tabular-nums">{share(weight, all, locale)}</span>
          </span>
        )}
        <div className="mt-auto flex flex-wrap items-center gap-1">
          <Choose label={t("variants.change")} choose={(id) => change({ template_id: id })} />
          <IconButton label={t("variants.look", { name })} onClick={look}>
            <Eye aria-hidden />
          </IconButton>
          <IconButton label={t("variants.remove", { name })} onClick={remove}>
            <Trash2 aria-hidden />
          </IconButton>
          <Button asChild variant="ghost" size="sm" className="ms-auto">
            <Link to="/campaigns/templates" search={{ template: template_id }}>
              <Pencil aria-hidden />
              {t("variants.edit")}
            </Link>
          </Button>
        </div>
      </div>
    </li>
  );
}

interface ChooseProps {
  label: string;
  choose: (template: number) => void;
  disabled?: boolean;
}

function Choose({ label, choose, disabled = false }: ChooseProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button size="sm" disabled={disabled}>
          {label}
        </Button>
      </PopoverTrigger>
      <PopoverContent aria-label={label} className="p-0">
        <Found
          choose={(id) => {
            choose(id);
            setOpen(false);
          }}
        />
      </PopoverContent>
    </Popover>
  );
}

function Found({ choose }: { choose: (template: number) => void }) {
  const t = texts.use();
  const [query, setQuery] = useState("");
  const { data } = useInfiniteQuery({ ...templatesQuery(useSettled(query).trim()), placeholderData: keepPreviousData });
  return (
    <Command label={t("variants.search")} shouldFilter={false} className="max-h-80">
      <CommandInput value={query} onValueChange={setQuery} placeholder={t("variants.search")} />
      <CommandList aria-label={t("variants.search")}>
        {data?.pages[0]?.items.map((template) => (
          <CommandItem key={template.id} value={String(template.id)} onSelect={() => choose(template.id)}>
            <bdi>{template.name}</bdi>
          </CommandItem>
        ))}
        {data && <CommandEmpty>{t("variants.none")}</CommandEmpty>}
      </CommandList>
    </Command>
  );
}

/** A template as somebody chosen would get it. */
function Look({ id, close }: { id: number; close: () => void }) {
  const t = texts.use();
  const [contact, setContact] = useState<number>();
  const { data, error } = useQuery({
    queryKey: ["template-look", id, "as", contact] as const,
    queryFn: ({ signal }) => api.get("/api/templates/{template_id}/preview", { path: { template_id: id }, query: { contact_id: contact ?? null }, signal }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  return (
    <Dialog open onOpenChange={(open) => !open && close()}>
      <DialogContent title={t("variants.preview")} size="lg">
        {data ? (
          <MailLook mail={data} end={<ContactPicker value={contact} onChange={setContact} />} className="h-[52dvh] rounded-sm border border-line" />
        ) : error ? (
          <ErrorState text={problemText(error)} />
        ) : (
          <SkeletonRows avatar={false} />
        )}
      </DialogContent>
    </Dialog>
  );
}

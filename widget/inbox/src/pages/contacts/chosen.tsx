import type { ContactView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { toast } from "#ui/toast.tsx";
import { useNavigate } from "@tanstack/react-router";
import { ListPlus, Plus, X } from "lucide-react";
import { useState } from "react";
import { makeList, putOnList } from "../../data/segments.ts";
import { useLocale } from "../../i18n/locale.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { SegmentPicker } from "../segments/picker.tsx";
import { texts } from "./texts.ts";

/** What can be done with the contacts that were chosen. */
export function Chosen({ contacts, end }: { contacts: readonly Pick<ContactView, "id">[]; end: () => void }) {
  const t = texts.use();
  const locale = useLocale();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);

  const put = async (list: () => Promise<{ id: number; name: string }>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    try {
      const { id, name } = await list();
      const added = await putOnList(id, contacts);
      const show = { label: t("chosen.show"), perform: () => navigate({ to: "/contacts/segments", search: { segment: id } }) };
      toast({ tone: "success", title: added > 0 ? t("chosen.added", { count: added, name }) : t("chosen.there", { name }), key: "chosen", action: show });
      end();
    } catch (error) {
      toast({ tone: "error", title: t("chosen.failed"), text: problemText(error), key: "chosen" });
    }
    setBusy(false);
  };

  return (
    <div role="region" aria-label={t("chosen", { count: contacts.length })} className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line bg-accent-soft px-4 py-1.5">
      <p role="status" className="text-sm font-medium text-accent-text">
        {t("chosen", { count: contacts.length })}
      </p>
      <SegmentPicker
        label={t("chosen.add")}
        kind="static"
        choose={(list) => void put(() => Promise.resolve(list))}
        first={{ label: t("chosen.new"), icon: <Plus aria-hidden />, perform: (typed) => void put(() => makeList(typed || today(t, locale))) }}
      >
        <Button size="sm" busy={busy}>
          <ListPlus aria-hidden />
          {t("chosen.add")}
        </Button>
      </SegmentPicker>
      <IconButton label={t("chosen.end")} size="sm" onClick={end}>
        <X aria-hidden />
      </IconButton>
    </div>
  );
}

/** What a list is called that nobody named. */
const today = (t: typeof texts.t, locale: string): string => t("chosen.name", { date: new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium" }).format(new Date()) });

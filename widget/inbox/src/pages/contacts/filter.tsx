import { Button } from "#ui/button.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { useQuery } from "@tanstack/react-query";
import { ListFilter, X } from "lucide-react";
import { countQuery, everySegmentQuery } from "../../data/segments.ts";
import { SegmentPicker } from "../segments/picker.tsx";
import { texts as segments } from "../segments/texts.ts";
import { texts } from "./texts.ts";
import { useContacts } from "./use-contacts.ts";

/** Only the contacts of a segment or list. */
export function SegmentFilter() {
  const t = texts.use();
  const { search, go } = useContacts();
  const { data } = useQuery({ ...everySegmentQuery, enabled: search.segment !== undefined });
  const words = segments.use();
  const { data: count } = useQuery({ ...countQuery(search.segment ?? 0), enabled: search.segment !== undefined });
  const chosen = data?.find(({ id }) => id === search.segment);
  const name = chosen?.name ?? (search.segment === undefined ? undefined : `#${search.segment}`);
  return (
    <div className="flex min-w-0 items-center gap-1">
      <SegmentPicker label={t("filter")} current={search.segment} choose={({ id }) => void go({ segment: id })}>
        <Button className="min-w-0 max-w-72 shrink" aria-pressed={search.segment !== undefined}>
          <ListFilter aria-hidden />
          <bdi className="truncate">{name === undefined ? t("filter.all") : t("filter.is", { name })}</bdi>
        </Button>
      </SegmentPicker>
      {search.segment !== undefined && (
        <IconButton label={t("filter.end")} onClick={() => void go({ segment: undefined })}>
          <X aria-hidden />
        </IconButton>
      )}
      {search.segment !== undefined && count && <span className="shrink-0 text-sm text-muted">{words(count.exact ? "count" : "count.least", { count: count.count })}</span>}
    </div>
  );
}

import { isOneOf } from "#shared/storage.ts";
import { sorts, statuses, views, type Filters, type Sort, type StatusFilter, type View } from "../../data/filters.ts";

/** The inbox's part of the address. What is as usual is left out of it. */
export interface InboxSearch {
  view?: View;
  status?: StatusFilter;
  sort?: Sort;
  inbox?: number;
  team?: number;
  tag?: string;
}

const isView = isOneOf(...views);
const isStatus = isOneOf(...statuses);
const isSort = isOneOf(...sorts);
const isId = (value: unknown): value is number => typeof value === "number" && Number.isSafeInteger(value) && value > 0;

export function validateSearch(search: Record<string, unknown>): InboxSearch {
  const { view, status, sort, inbox, team, tag } = search;
  return {
    ...(isView(view) ? { view } : {}),
    ...(isStatus(status) ? { status } : {}),
    ...(isSort(sort) ? { sort } : {}),
    ...(isId(inbox) ? { inbox } : {}),
    ...(isId(team) ? { team } : {}),
    ...(typeof tag === "string" && tag ? { tag } : {}),
  };
}

export const filtersOf = ({ view = "all", status = "active", sort = "latest", inbox, team, tag }: InboxSearch): Filters => ({
  view,
  status,
  sort,
  ...(inbox ? { inbox_id: inbox } : {}),
  ...(team ? { team_id: team } : {}),
  ...(tag ? { tag } : {}),
});

export const isFiltered = ({ inbox, team, tag }: InboxSearch): boolean => inbox !== undefined || team !== undefined || tag !== undefined;

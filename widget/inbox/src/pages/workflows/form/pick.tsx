import { Select } from "#ui/select.tsx";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../../api/client.ts";
import { useColleagues, useInboxes, useTeams } from "../../../data/people.ts";
import { texts } from "../texts.ts";
import type { Named } from "./schema.ts";

interface One {
  id: number;
  name: string;
}

const MOST = 100;
const FRESH_MS = 30_000;

/** What there is to choose from by name. */
export function useNamed(of: Named | undefined): readonly One[] {
  const inboxes = useInboxes();
  const teams = useTeams();
  const users = useColleagues();
  const far = of === "template" || of === "segment" || of === "topic" || of === "sender" ? of : undefined;
  const { data = [] } = useQuery({
    queryKey: ["workflow-named", far],
    queryFn: async ({ signal }): Promise<One[]> => {
      if (far === "template") return (await api.get("/api/templates", { query: { limit: MOST }, signal })).items;
      if (far === "segment") return (await api.get("/api/segments", { query: { limit: MOST }, signal })).items;
      if (far === "sender") return (await api.get("/api/email/inboxes", { signal })).map(({ inbox_id, address }) => ({ id: inbox_id, name: address }));
      return await api.get("/api/topics", { signal });
    },
    enabled: far !== undefined,
    staleTime: FRESH_MS,
  });
  if (of === "sender") return data.map(({ id, name }) => ({ id, name: inboxes.find((inbox) => inbox.id === id)?.name ?? name }));
  return of === "inbox" ? inboxes : of === "team" ? teams : of === "user" ? users : data;
}

interface PickProps {
  of: Named;
  value: number | null | undefined;
  onChange: (value: number | null | undefined) => void;
  required: boolean;
  nullable: boolean;
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
}

const UNSAID = "unsaid";
const NOBODY = "nobody";

/** One of them; `undefined` is to leave it open, `null` to say that it is nobody. */
export function Pick({ of, value, onChange, required, nullable, ...ids }: PickProps) {
  const t = texts.use();
  const known = useNamed(of);
  const options = known.map(({ id, name }) => ({ value: String(id), label: name }));
  if (typeof value === "number" && !known.some(({ id }) => id === value)) options.push({ value: String(value), label: `#${value}` });
  if (!required) options.unshift({ value: UNSAID, label: t("pick.unsaid") });
  if (nullable && (of === "user" || of === "team")) options.splice(required ? 0 : 1, 0, { value: NOBODY, label: t("pick.nobody") });
  const shown = value === null ? (nullable && (of === "user" || of === "team") ? NOBODY : UNSAID) : value === undefined ? (required ? undefined : UNSAID) : String(value);
  return <Select {...ids} value={shown} placeholder={t("pick.choose")} options={options} onChange={(next) => onChange(next === UNSAID ? undefined : next === NOBODY ? null : Number(next))} />;
}

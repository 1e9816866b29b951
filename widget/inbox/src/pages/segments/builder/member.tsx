import { cn } from "#ui/cn.ts";
import { fieldClass } from "#ui/field.tsx";
import { Select } from "#ui/select.tsx";
import { useQuery } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { everySegmentQuery } from "../../../data/segments.ts";
import { SegmentPicker } from "../picker.tsx";
import { texts } from "../texts.ts";
import { useBuilder } from "./context.ts";
import type { Member } from "./draft.ts";
import { Row } from "./row.tsx";

/** Whoever is in another segment, or on a list. */
export function MemberRow({ member, label }: { member: Member; label: string }) {
  const t = texts.use();
  const { change, own } = useBuilder();
  const { data } = useQuery(everySegmentQuery);
  const chosen = data?.find(({ id }) => id === member.segment);
  const set = (changes: Partial<Member>): void => change(member.id, (part) => ({ ...part, ...changes }) as Member);
  const name = chosen ? (chosen.kind === "static" ? t("member.list", { name: chosen.name }) : chosen.name) : member.segment === undefined ? t("member.choose") : `#${member.segment}`;
  return (
    <Row node={member} label={label}>
      <Select
        aria-label={t("operator")}
        value={member.not ? "out" : "in"}
        onChange={(next) => set({ not: next === "out" })}
        options={[
          { value: "in", label: t("member.in") },
          { value: "out", label: t("member.out") },
        ]}
        className="w-auto min-w-28"
      />
      <SegmentPicker label={t("member.which")} current={member.segment} without={own} choose={({ id }) => set({ segment: id })}>
        <button type="button" aria-label={t("member.is", { name })} className={cn(fieldClass, "flex h-8 w-auto max-w-72 min-w-44 items-center justify-between gap-2 text-start touch:h-10", member.segment === undefined && "text-faint")}>
          <bdi className="truncate">{name}</bdi>
          <ChevronDown className="size-4 shrink-0 text-faint" aria-hidden />
        </button>
      </SegmentPicker>
    </Row>
  );
}

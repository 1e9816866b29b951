import type { ContactWorkflow, Explained } from "#shared/wire.ts";
import { useLocale } from "../../i18n/locale.ts";
import { spanText } from "./form/spans.ts";
import { isRaw, type Raw } from "./model/definition.ts";
import { texts, word } from "./texts.ts";
import { useWhen } from "./timeline.tsx";
import { readable } from "./use-summary.ts";

/** JSON that was cut short stays as it is. */
const shown = (json: unknown): string => {
  const kept = String(json ?? "");
  try {
    const value: unknown = JSON.parse(kept);
    return Array.isArray(value) ? value.map(String).join(", ") : typeof value === "object" ? kept : String(value);
  } catch {
    return kept;
  }
};

/** Why something became of somebody, in words: of what the server says by a code and values; else what a step or a server said itself. */
export function useSaid(): (said: Explained | null | undefined, otherwise: string) => string {
  const t = texts.use();
  const locale = useLocale();
  const when = useWhen();
  const compared = (row: Raw): string => {
    const operator = String(row["operator"]);
    const comparison = [readable(String(row["field"])), word("operator", operator, operator.replaceAll("_", " ")), shown(row["wanted"])].filter(Boolean).join(" ");
    const holds = t(row["holds"] === true ? "said.yes" : "said.no");
    if (operator === "exists" || operator === "not_exists") return t("said.compared", { comparison, holds });
    return row["found"] === undefined ? t("said.compared.unset", { comparison, holds }) : t("said.compared.found", { comparison, holds, found: shown(row["found"]) });
  };
  return (said, otherwise) => {
    if (!said) return otherwise;
    const values = said.values ?? {};
    const text = (name: string): string => String(values[name] ?? "");
    const span = (): string => spanText({ amount: Number(values["hours"]), unit: "hours" }, locale);
    switch (said.code) {
      case "compared":
        return (Array.isArray(values["comparisons"]) ? (values["comparisons"] as unknown[]) : []).filter(isRaw).map(compared).join("; ");
      case "trigger_absent":
        return t("said.trigger_absent", { trigger: word("trigger", text("trigger"), text("trigger")) });
      case "quiet_hours":
        return t("said.quiet_hours", { zone: text("zone") });
      case "cap":
        return t("said.cap", { most: text("count"), span: span() });
      case "came_before":
        return t("said.came_before", { time: when(text("at")) });
      case "too_soon":
        return t("said.too_soon", { span: span(), time: when(text("at")) });
      case "step_absent":
        return t("said.step_absent", { type: text("type") });
      case "happened":
      case "not_in_time":
        return t(`said.${said.code}`, { event: word("event", text("event"), text("event")) });
      case "conversation":
        return t("said.conversation", { id: text("id") });
      case "fields_full":
      case "tags_full":
        return t(`said.${said.code}`, { most: text("count") });
      case "no_mail":
        return t("said.no_mail", { reason: word("mail-reason", text("reason"), text("reason").replaceAll("_", " ")) });
      case "in_segment":
      case "outside_segment":
        return values["found"] === undefined ? t(`said.${said.code}`) : t(`said.${said.code}.found`, { found: shown(values["found"]) });
      case "unreachable":
      case "no_answer":
        return t(`said.${said.code}`, { error: text("error") });
      case "answered":
        return t("said.answered", { status: text("status") });
      case "by":
        return t("said.by", { name: text("name") });
      case "published_without":
        return t("said.published_without", { version: text("version") });
      default:
        return word("said", said.code, said.code.replaceAll("_", " "));
    }
  };
}

/** More about why a contact is in a workflow or not, than its reason says. `titles`: of the workflow's steps. */
export function useWhy(): (of: ContactWorkflow, titles?: ReadonlyMap<string, string>) => string {
  const t = texts.use();
  const said = useSaid();
  const when = useWhen();
  return ({ reason, status, enrollments, refusal }, titles) => {
    const inside = enrollments.find((run) => run.status === "active");
    if (reason === "inside" && inside) {
      const step = titles?.get(inside.step_id);
      const parts = [step && t("why.at", { step }), inside.due_at && t("run.until", { time: when(inside.due_at) }), said(inside.held, inside.note), status === "paused" && t("reason.paused")];
      return parts.filter(Boolean).join(" · ");
    }
    const [last] = enrollments;
    if (refusal && refusal.reason === reason && (!last || Date.parse(refusal.at) > Date.parse(last.enrolled_at))) return said(refusal.said, refusal.detail);
    return last ? said(last.said, last.detail) : "";
  };
}

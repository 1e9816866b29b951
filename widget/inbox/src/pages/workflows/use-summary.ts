import type { WorkflowParts } from "#shared/wire.ts";
import { useColleagues, useInboxes, useTeams } from "../../data/people.ts";
import { useLocale } from "../../i18n/locale.ts";
import { isRaw, type Item, type Raw, type Trigger } from "./model/definition.ts";
import { rowsOf, type Row } from "./form/conditions.ts";
import { useNamed } from "./form/pick.tsx";
import { spanOf, spanText } from "./form/spans.ts";
import { texts, word } from "./texts.ts";

export interface Words {
  title: string;
  summary: string;
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** What a field is called: "number of orders" for `contact.order_count`. */
export const readable = (field: string): string => word("readable", field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), field.replace(/^contact\.(?:custom_fields\.)?/, "").replaceAll(/[_.]/g, " "));

/** What steps and triggers are called, and in a few words what each does. */
export function useSummary(parts: WorkflowParts | undefined): { ofItem: (item: Item) => Words; ofTrigger: (trigger: Trigger) => Words; wayName: (name: string) => string; stepTitle: (type: string) => string } {
  const t = texts.use();
  const locale = useLocale();
  const inboxes = useInboxes();
  const teams = useTeams();
  const users = useColleagues();
  const templates = useNamed("template");
  const segments = useNamed("segment");
  const nameOf = (of: readonly { id: number; name: string }[], id: unknown): string => of.find((each) => each.id === id)?.name ?? (typeof id === "number" ? `#${id}` : "");

  const compared = ({ field, operator, value }: Row): string =>
    [readable(field), word("operator", operator, operator.replaceAll("_", " ")), value === undefined ? "" : list(value).join(", ") || String(value ?? "")].filter(Boolean).join(" ");
  const condition = (given: unknown): string => {
    const rows = rowsOf(given);
    if (!rows) return t("summary.condition.nested");
    return rows.rows.map(compared).join(` ${t(rows.join === "all" ? "summary.and" : "summary.or")} `);
  };
  const span = (config: Raw): string => {
    const found = spanOf(config);
    return found ? spanText(found, locale) : "";
  };
  const happening = (name: unknown): string => {
    const event = text(name);
    const trigger = parts?.triggers.find((each) => each.event === event || each.name === event);
    return trigger ? word("trigger", trigger.name, trigger.title) : word("event", event, event.replaceAll(/[._]/g, " "));
  };

  const summaries: Record<string, (config: Raw) => string> = {
    delay: (config) => {
      const days = list(config["weekdays"]).map((day) => word("choice.weekdays", day, day)).join(", ");
      return [span(config), text(config["at"]) && t("summary.until", { time: text(config["at"]) }), days].filter(Boolean).join(" · ");
    },
    wait_until_event: (config) => [happening(config["event"]), span(config) && t("summary.at-most", { span: span(config) })].filter(Boolean).join(" · "),
    condition,
    segment: (config) => nameOf(segments, config["segment_id"]),
    tag: (config) => [...list(config["add"]), ...(text(config["tag"]) ? [text(config["tag"])] : []), ...list(config["remove"]).map((name) => `− ${name}`)].join(", "),
    update_contact: (config) => Object.keys(config).flatMap((key) => (key === "custom_fields" && isRaw(config[key]) ? Object.keys(config[key]) : [word("field", key, key)])).join(", "),
    email: (config) => text(config["subject"]) || nameOf(templates, config["template_id"]),
    send_message: (config) => text(config["content"]),
    create_note: (config) => text(config["content"]),
    create_conversation: (config) => text(config["subject"]) || text(config["note"]) || nameOf(inboxes, config["inbox_id"]),
    assign: (config) => [nameOf(users, config["assignee_id"]), nameOf(teams, config["team_id"])].filter(Boolean).join(" · "),
    webhook: (config) => text(config["url"]).replace(/^https?:\/\//, ""),
    exit: (config) => text(config["reason"]).replaceAll("_", " "),
  };

  const stepTitle = (type: string): string => word("step", type, parts?.steps.find(({ name }) => name === type)?.title ?? type);
  return {
    stepTitle,
    ofItem: ({ type, name, config }) => {
      const summary = summaries[type]?.(config) ?? "";
      return name ? { title: name, summary: summary || stepTitle(type) } : { title: stepTitle(type), summary };
    },
    ofTrigger: ({ type, config, filter }) => {
      const isEvent = type === "custom" && text(config["event"]) !== "";
      const title = isEvent ? t("summary.happens", { event: happening(config["event"]) }) : word("trigger", type, parts?.triggers.find(({ name }) => name === type)?.title ?? type);
      return { title, summary: [list(config["sources"]).join(", "), filter == null ? "" : t("summary.filter", { condition: condition(filter) })].filter(Boolean).join(" · ") };
    },
    wayName: (name) => word("way", name, name.replaceAll("_", " ")),
  };
}

import { clock, full } from "#shared/time.ts";
import type { TimelineView } from "#shared/wire.ts";
import { memo } from "react";
import { useTeams, useUserName } from "../../../data/people.ts";
import { app } from "../../../i18n/app.ts";
import { useLocale } from "../../../i18n/locale.ts";
import { priorities } from "../priority.tsx";
import { texts } from "../texts.ts";
import { reasonText } from "./reasons.ts";

const plain = ["woken", "resolved", "reopened", "closed", "taken_over", "handed_back", "withdrawn"] as const;

/** Something that happened, as one quiet line: "Maya assigned this to Aisha". */
export const Line = memo(function Line({ line, contactName }: { line: TimelineView; contactName: string }) {
  const locale = useLocale();
  const text = useLineText()(line, contactName);
  if (!text) return null;
  return (
    <p className="flex items-baseline justify-center gap-2 px-6 pt-3 text-center text-xs text-faint" data-line={line.kind}>
      <span className="wrap-anywhere">{text}</span>
      <time dateTime={line.created_at} title={full(line.created_at, locale)} className="shrink-0">
        {clock(line.created_at, locale)}
      </time>
    </p>
  );
});

function useLineText(): (line: TimelineView, contactName: string) => string {
  const t = texts.use();
  const shell = app.use();
  const locale = useLocale();
  const userName = useUserName();
  const teams = useTeams();

  return ({ kind, by: actor, data }, contactName) => {
    const by = { user: actor.name, api_key: actor.name, visitor: contactName, ai: shell("ai-agent"), system: shell("product") }[actor.kind] || shell("visitor");
    const known = plain.find((each) => each === kind);
    if (known) return t(known === "woken" && actor.kind === "system" ? "line.woken.due" : `line.${known}`, { by });
    switch (kind) {
      case "assigned": {
        const assignee = data["assignee_id"] as number | null | undefined;
        const team = data["team_id"] as number | null | undefined;
        if (typeof assignee === "number") {
          if (assignee === actor.id && actor.kind === "user") return t("line.assigned.self", { by });
          return t("line.assigned", { by, to: userName(assignee) || t("someone") });
        }
        if (typeof team === "number") return t("line.team", { by, to: teams.find(({ id }) => id === team)?.name ?? t("team") });
        return assignee === null ? t("line.unassigned", { by }) : t("line.team.none", { by });
      }
      case "prioritized": {
        const priority = priorities.find((each) => each === data["priority"]);
        return priority ? t("line.prioritized", { by, priority: t(`priority.${priority}`) }) : "";
      }
      case "tagged": {
        const list = (names: unknown): string => new Intl.ListFormat(locale, { type: "conjunction" }).format(((names as string[] | undefined) ?? []).map((name) => `“${name}”`));
        const [added, removed] = [list(data["added"]), list(data["removed"])];
        if (added && removed) return t("line.retagged", { by, added, removed });
        return added ? t("line.tagged", { by, tags: added }) : t("line.untagged", { by, tags: removed });
      }
      case "snoozed":
        return t("line.snoozed", { by, until: full(String(data["until"]), locale) });
      case "handed_off": {
        const reason = reasonText(data["reason"]);
        return reason ? t("line.handed_off.why", { reason }) : t("line.handed_off");
      }
      default:
        return ""; // of a newer server, or of a module
    }
  };
}

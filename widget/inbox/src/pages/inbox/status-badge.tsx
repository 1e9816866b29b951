import type { ConversationView } from "#shared/wire.ts";
import { Badge, type Tone } from "#ui/badge.tsx";
import { isSnoozed } from "../../data/filters.ts";
import { texts } from "./texts.ts";

const tones: Record<ConversationView["status"], Tone> = { open: "success", pending: "warning", resolved: "neutral", closed: "neutral" };

export function StatusBadge({ conversation }: { conversation: ConversationView }) {
  const t = texts.use();
  if (isSnoozed(conversation)) return <Badge tone="info">{t("status.snoozed")}</Badge>;
  return <Badge tone={tones[conversation.status]}>{t(`status.${conversation.status}`)}</Badge>;
}

import { cn } from "#ui/cn.ts";
import {
  Clock, DoorOpen, Filter, GitFork, Globe, Hourglass, Mail, MessageSquare, MessagesSquare, NotebookPen, Play, Puzzle, Tag, UserRoundCheck, UserRoundPen, UserRoundPlus, Users, Zap, type LucideIcon,
} from "lucide-react";

type Tone = "time" | "logic" | "contact" | "reach" | "team" | "outside" | "end" | "start";

const tones: Record<Tone, string> = {
  time: "bg-warning-soft text-warning",
  logic: "bg-ai-soft text-ai",
  contact: "bg-info-soft text-info",
  reach: "bg-accent-soft text-accent-text",
  team: "bg-success-soft text-success",
  outside: "bg-hover text-muted",
  end: "bg-danger-soft text-danger",
  start: "bg-accent text-accent-on",
};

const steps: Record<string, readonly [LucideIcon, Tone]> = {
  delay: [Clock, "time"],
  wait_until_event: [Hourglass, "time"],
  condition: [GitFork, "logic"],
  segment: [Users, "logic"],
  tag: [Tag, "contact"],
  update_contact: [UserRoundPen, "contact"],
  email: [Mail, "reach"],
  send_message: [MessageSquare, "reach"],
  create_conversation: [MessagesSquare, "team"],
  create_note: [NotebookPen, "team"],
  assign: [UserRoundCheck, "team"],
  webhook: [Globe, "outside"],
  exit: [DoorOpen, "end"],
};
const triggers: Record<string, LucideIcon> = { welcome: UserRoundPlus, custom: Play, segment_entered: Filter };

/** What kind of thing a type of steps does: the groups of the menu, in this order. */
export const groups = ["reach", "time", "logic", "contact", "team", "outside", "end"] as const;
export type Group = (typeof groups)[number];
export const groupOf = (type: string): Group => {
  const tone = steps[type]?.[1] ?? "outside";
  return tone === "start" ? "outside" : tone;
};

const frame = "inline-flex size-9 shrink-0 items-center justify-center rounded-sm";

export function StepIcon({ type, className }: { type: string; className?: string }) {
  const [Icon, tone] = steps[type] ?? [Puzzle, "outside" as const];
  return (
    <span className={cn(frame, tones[tone], className)} aria-hidden>
      <Icon className="size-[50%]" strokeWidth={1.9} />
    </span>
  );
}

export function TriggerIcon({ type, className }: { type: string; className?: string }) {
  const Icon = triggers[type] ?? Zap;
  return (
    <span className={cn(frame, tones.start, className)} aria-hidden>
      <Icon className="size-[50%]" strokeWidth={1.9} />
    </span>
  );
}

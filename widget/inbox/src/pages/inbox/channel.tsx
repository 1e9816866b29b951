import { Code, Globe, Mail, MessageCircle, Phone, Share2, type LucideIcon } from "lucide-react";
import { texts } from "./texts.ts";

const icons: Record<string, LucideIcon> = { chat: MessageCircle, email: Mail, social: Share2, phone: Phone, web: Globe, api: Code };
const known = ["chat", "email", "social", "phone", "web", "api"] as const;

/** The name of a channel; of one that we do not know, as the server calls it. */
export function useChannelName(): (channel: string) => string {
  const t = texts.use();
  return (channel) => {
    const name = known.find((each) => each === channel);
    return name ? t(`channel.${name}`) : channel;
  };
}

export function ChannelIcon({ channel, className }: { channel: string; className?: string }) {
  const Icon = icons[channel] ?? MessageCircle;
  const name = useChannelName()(channel);
  return (
    <span title={name} className="inline-flex">
      <Icon className={className} strokeWidth={1.75} aria-hidden />
      <span className="sr-only">{name}</span>
    </span>
  );
}

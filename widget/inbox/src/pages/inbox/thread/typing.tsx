import { Avatar } from "#ui/avatar.tsx";
import { useTyping, useViewers } from "../../../live/presence.ts";
import { useMe } from "../../../session/session.ts";
import { texts } from "../texts.ts";

/** The customer writes: three dots where the message will be. */
export function ContactTyping({ conversation, name, seed }: { conversation: number; name: string; seed: number }) {
  const t = texts.use();
  const writes = useTyping(conversation).some(({ who }) => who.kind === "contact");
  if (!writes) return null;
  return (
    <div className="flex gap-2.5 pt-4" data-typing="">
      <Avatar name={name} seed={seed} size="sm" className="mt-1" />
      <div className="flex h-9 items-center gap-1 rounded-md bg-hover px-3">
        {[0, 1, 2].map((dot) => (
          <span key={dot} className="size-1.5 animate-dot rounded-full bg-faint" style={{ animationDelay: `${dot * 160}ms` }} />
        ))}
        <span className="sr-only">{t("typing.contact", { name })}</span>
      </div>
    </div>
  );
}

/** Colleagues who write, so that nobody answers twice. */
export function StaffTyping({ conversation }: { conversation: number }) {
  const t = texts.use();
  const me = useMe();
  const writers = useTyping(conversation).filter(({ who }) => who.kind === "user" && who.id !== me.user_id);
  const [first] = writers;
  return (
    <p role="status" className="flex items-center gap-1.5 px-4 text-xs text-warning not-empty:pb-1.5">
      {first && (writers.length > 1 ? t("typing.many", { count: writers.length }) : t(first.note ? "typing.note" : "typing.reply", { name: first.who.name }))}
    </p>
  );
}

/** Who else has this conversation on screen. */
export function Viewers({ conversation }: { conversation: number }) {
  const t = texts.use();
  const viewers = useViewers(conversation, useMe().user_id);
  if (viewers.length === 0) return null;
  const names = viewers.map(({ name }) => name).join(", ");
  return (
    <span className="flex -space-x-1.5 rtl:space-x-reverse" title={t("viewers", { names })} data-viewers="">
      {viewers.slice(0, 3).map((viewer) => (
        <Avatar key={viewer.id} name={viewer.name} seed={viewer.id ?? viewer.name} size="sm" className="rounded-full ring-2 ring-pane" />
      ))}
      <span className="sr-only">{t("viewers", { names })}</span>
    </span>
  );
}

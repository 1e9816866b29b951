import { useEffect, useRef, useState } from "preact/hooks";
import type { PublicHit } from "../shared/wire.ts";
import { useChat, useChats } from "./context.ts";

const ICONS = {
  back: "m15 5-7 7 7 7",
  close: "M6 6l12 12M18 6 6 18",
  send: "M12 19V5m-6 6 6-6 6 6",
  clip: "m20 11-8 8a5 5 0 0 1-7-7l8-8a3 3 0 0 1 5 5l-8 8a2 2 0 0 1-3-3l7-7",
  home: "M4 11l8-7 8 7v9h-5v-5H9v5H4z",
  messages: "M4 5h16v11H9l-5 4z",
  help: "M9 9a3 3 0 1 1 4 3c-1 .5-1 1-1 2m0 3v.1M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z",
  search: "m20 20-5-5m2-4a6 6 0 1 1-12 0 6 6 0 0 1 12 0z",
  ai: "m11 4 2 5 5 2-5 2-2 5-2-5-5-2 5-2zm7 12v4m-2-2h4",
  person: "M16 8a4 4 0 1 1-8 0 4 4 0 0 1 8 0zM5 20c1-4 4-5 7-5s6 1 7 5",
  file: "M14 3H6v18h12V7zv4h4",
  next: "m9 5 7 7-7 7",
} as const;
export type IconName = keyof typeof ICONS;

/** `back` and `next` point the other way where lines run from right to left. */
export const Icon = ({ name }: { name: IconName }) => (
  <svg class={name === "back" || name === "next" ? "icon turns" : "icon"} viewBox="0 0 24 24" aria-hidden="true">
    <path d={ICONS[name]} />
  </svg>
);

export const IconButton = ({ icon, label, onClick }: { icon: IconName; label: string; onClick: () => void }) => (
  <button type="button" class="round" aria-label={label} title={label} onClick={onClick}>
    <Icon name={icon} />
  </button>
);

/** A circle with the sparkle of the AI agent, or with the first letter of a name. */
export const Avatar = ({ name, ai = false }: { name: string; ai?: boolean }) => (
  <span class="avatar" aria-hidden="true">
    {ai ? <Icon name="ai" /> : [...name.trim()][0]?.toUpperCase()}
  </span>
);

export const Skeleton = ({ lines = 3 }: { lines?: number }) => (
  <div class="skeleton" aria-busy="true">
    {Array.from({ length: lines }, (_, index) => (
      <span key={index} />
    ))}
  </div>
);

export function Failure({ retry }: { retry: () => void }) {
  const { say } = useChat();
  return (
    <div class="empty" role="alert">
      <p>{say("load_failed")}</p>
      <button type="button" class="plain" onClick={retry}>
        {say("retry")}
      </button>
    </div>
  );
}

/** What `load` fetches: `undefined` while it is on its way, an error where it failed; `again` tries anew. */
export function useFetched<T>(load: () => Promise<T>, key: string): { value?: T; failed: boolean; again: () => void } {
  const [found, set] = useState<{ key: string; value?: T; failed: boolean }>({ key, failed: false });
  const [tries, again] = useState(0);
  const latest = useRef(load);
  latest.current = load;
  useEffect(() => {
    let current = true;
    latest.current().then(
      (value) => current && set({ key, value, failed: false }),
      () => current && set({ key, failed: true }),
    );
    return () => {
      current = false;
    };
  }, [key, tries]);
  return {
    ...found,
    again: () => {
      set({ key, failed: false });
      again(tries + 1);
    },
  };
}

export function Articles({ hits }: { hits: readonly PublicHit[] }) {
  const { go } = useChat();
  return (
    <ul class="rows">
      {hits.map(({ slug, title }) => (
        <li key={slug}>
          <button type="button" class="line" onClick={() => go({ name: "article", slug })}>
            <span dir="auto">{title}</span>
            <Icon name="next" />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The way from everywhere to a person or the AI agent: a new conversation. */
export function Ask() {
  const { say, go } = useChat();
  const ai = useChats(({ session }) => session?.config.ai_enabled);
  return (
    <button type="button" class="card ask" onClick={() => go({ name: "thread", group: newGroup() })}>
      <span>
        <strong>{say("send_us")}</strong>
        <small>{say(ai ? "ai_first" : "people")}</small>
      </span>
      <span class="fill">
        <Icon name="send" />
      </span>
    </button>
  );
}

let groups = 0;
/** A name for a conversation until the server gives it one. */
export const newGroup = (): string => `new-${Date.now().toString(36)}-${++groups}`;

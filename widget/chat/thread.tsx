import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { clock, day, full as fullTime } from "../shared/time.ts";
import type { Source, VisitorMessage } from "../shared/wire.ts";
import { Composer } from "./composer.tsx";
import { useChat, useChats, useStore } from "./context.ts";
import { Attachments } from "./files.tsx";
import { Head } from "./head.tsx";
import { Markdown } from "./markdown.tsx";
import { Avatar, Failure, Icon, Skeleton, newGroup } from "./parts.tsx";
import { rows, type Row } from "./rows.ts";
import type { Pending } from "./state.ts";

const NEAR_PX = 80; // so near to the end, new messages keep the end in sight

export function Thread({ group }: { group: string }) {
  const { client, say, go } = useChat();
  const items = useStore(client.pending);
  const token = client.named(group);
  const conversation = useChats(({ conversations }) => conversations[token]);
  const thread = useChats(({ threads }) => threads[token]);
  const typing = useChats(({ typing }) => typing[token]);
  const config = useChats(({ session }) => session?.config);
  const fresh = token.startsWith("new-");
  const mine = items.filter((item) => client.named(item.group) === token);
  const asking = mine.some((item) => item.payload.handoff);
  const messages = thread?.messages ?? [];
  const drawn = rows(messages, mine);
  const ready = fresh || thread?.loaded || messages.length > 0;
  const human = conversation?.handler === "human";
  const staff = messages.findLast(({ sender_type }) => sender_type === "user")?.sender_name;
  const answered = messages.some(({ sender_type }) => sender_type === "ai") || human;
  const status = conversation?.status;
  const name = config?.organization_name ?? "";
  const ai = conversation ? !human : config?.ai_enabled;

  const [failed, fail] = useState(false);
  const [tries, again] = useState(0);
  const loaded = fresh || thread?.loaded;
  useEffect(() => {
    fail(false);
    if (!loaded) client.fetchThread(token).catch(() => fail(true));
  }, [client, token, loaded, tries]);

  // The end stays in sight while it is; what comes when the visitor reads further up is told by a button.
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [below, tell] = useState(false);
  const last = drawn.at(-1);
  const ending = last?.kind === "pending" ? "mine" : last?.kind === "message" && last.message.sender_type !== "contact" ? "theirs" : "";
  const end = `${last?.key} ${ending}`;
  const first = drawn[0]?.key;
  const height = useRef(0);
  const toEnd = (): void => {
    const place = scroller.current;
    if (place) place.scrollTop = place.scrollHeight;
  };
  useLayoutEffect(() => {
    if (atEnd.current || ending === "mine") toEnd();
    else if (ending) tell(true);
  }, [end, ending, ready, typing, status, human, asking]);
  // Older messages grow the thread upwards: what was read stays where it is.
  useLayoutEffect(() => {
    const place = scroller.current!;
    if (!atEnd.current && height.current) place.scrollTop += place.scrollHeight - height.current;
    height.current = 0;
  }, [first]);
  useEffect(() => {
    const watcher = new ResizeObserver(() => atEnd.current && toEnd());
    watcher.observe(scroller.current!);
    for (const child of scroller.current!.children) watcher.observe(child);
    return () => watcher.disconnect();
  }, []);

  const newest = messages.at(-1)?.seq;
  useEffect(() => {
    const look = (): void => {
      if (document.visibilityState === "visible" && atEnd.current) client.see(token);
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [client, token, newest, conversation?.last_seq, below]);

  const lastMine = drawn.findLast((row) => row.kind === "message" && row.message.sender_type === "contact");

  return (
    <>
      <Head title={fresh && !mine.length ? say("new") : ai ? say("ai_agent") : (staff ?? say("team_of", { name }))} sub={ai ? name : staff && say("team_of", { name })}>
        <Avatar name={staff ?? name} ai={ai ?? false} />
      </Head>
      <div
        class="scroll thread"
        ref={scroller}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by keyboard
        tabIndex={0}
        role="region"
        aria-label={say("conversation")}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_PX;
          if (atEnd.current) tell(false);
        }}
      >
        {thread?.more && (
          <button
            type="button"
            class="plain"
            onClick={() => {
              height.current = scroller.current!.scrollHeight;
              atEnd.current = false;
              client.fetchThread(token, true).catch(() => undefined);
            }}
          >
            {say("earlier")}
          </button>
        )}
        {failed && <Failure retry={() => again(tries + 1)} />}
        {!ready && !failed && <Skeleton lines={5} />}
        {fresh && !mine.length && (
          <div class="empty">
            <Avatar name={name} ai={ai ?? false} />
            <strong>{say("hello")}</strong>
            <p>{say(ai ? "ai_first" : "people")}</p>
          </div>
        )}
        <div role="log" aria-live="polite" aria-relevant="additions" aria-label={say("messages")} aria-busy={!ready}>
          {drawn.map((row) => (
            <Line key={row.key} row={row} sent={row === lastMine && row === last} />
          ))}
          {human && !staff && messages.length > 0 && <p class="state">{say("person_asked")}</p>}
          {asking && !human && <p class="state">{say("sending")}…</p>}
          {status === "resolved" && !mine.length && <p class="state done">{say("resolved")}</p>}
        </div>
        {typing && (
          <div class="row" aria-label={say("typing", { name: typing.kind === "ai" ? say("ai_agent") : typing.name })} role="img">
            <Avatar name={typing.name} ai={typing.kind === "ai"} />
            <span class="bubble dots">
              <i />
              <i />
              <i />
            </span>
          </div>
        )}
        {conversation && answered && status !== "closed" && <Address />}
      </div>
      <div class="foot">
        {below && (
          <button type="button" class="below" onClick={toEnd}>
            {say("latest")} ↓
          </button>
        )}
        {conversation && !human && !asking && status !== "closed" && (
          <button type="button" class="person" 
            onClick={() => {
              client.askForPerson(token);
              scroller.current!.focus(); // this button goes away
            }}
          >
            <Icon name="person" />
            {say("person")}
          </button>
        )}
        {status === "closed" ? (
          <div class="closed">
            <p>{say("closed")}</p>
            <button type="button" class="fill" onClick={() => go({ name: "thread", group: newGroup() })}>
              {say("start_new")}
            </button>
          </div>
        ) : (
          <Composer key={group} group={group} token={token} limit={config?.upload_max_bytes ?? Infinity} />
        )}
      </div>
    </>
  );
}

function Line({ row, sent }: { row: Row; sent: boolean }) {
  const { say, locale } = useChat();
  if (row.kind === "day") return <p class="day">{day(row.at, locale)}</p>;
  if (row.kind === "joined") return <p class="state">{say("joined", { name: row.name })}</p>;
  // What waits and what is acknowledged are one element: nothing flashes in between.
  const { opens, ends } = row;
  const message = row.kind === "message" ? row.message : undefined;
  const item = row.kind === "pending" ? row.item : undefined;
  const mine = !message || message.sender_type === "contact";
  const ai = message?.sender_type === "ai";
  return (
    <div class={`row${mine ? " mine" : ""}${item ? " waiting" : ""}${opens ? " opens" : ""}${ends ? " ends" : ""}`}>
      {!mine && (ends ? <Avatar name={message.sender_name} ai={ai} /> : <span class="avatar none" />)}
      <div class="said">
        {mine && <span class="hidden">{say("you")}</span>}
        {!mine && opens && (
          <p class="who">
            {ai ? (
              <span class="mark">
                <Icon name="ai" />
                {say("ai_agent")}
              </span>
            ) : (
              <bdi>{message.sender_name}</bdi>
            )}
          </p>
        )}
        <Bubble {...(message ?? { ...item!.payload, sources: [] })} />
        {message && ends && (
          <p class="time" title={fullTime(message.created_at, locale)}>
            {clock(message.created_at, locale)}
            {sent && ` · ${say("sent")}`}
          </p>
        )}
        {item && <Fate item={item} ends={ends} />}
      </div>
    </div>
  );
}

/** The address of a page that an answer was taken from. */
const safe = (url = ""): string | undefined => (url.startsWith("https://") ? url : undefined);

function Bubble({ content, files, sources }: Pick<VisitorMessage, "content" | "files" | "sources">) {
  const { say, go } = useChat();
  const open = ({ slug, url }: Source): void => (safe(url) ? void window.open(safe(url), "_blank", "noopener,noreferrer") : go({ name: "article", slug }));
  const cite = (number: number) => {
    const source = sources.find((each) => each.number === number);
    return source && (
      <button type="button" class="cite" aria-label={say("source", { count: number, title: source.title })} title={source.title} disabled={!source.slug && !safe(source.url)} onClick={() => open(source)}>
        {number}
      </button>
    );
  };
  return (
    <>
      {content && (
        <div class="bubble text" dir="auto">
          <Markdown text={content} cite={cite} />
        </div>
      )}
      <Attachments files={files} />
      {sources.length > 0 && (
        <ul class="sources" aria-label={say("sources")}>
          {sources.map((source) => (
            <li key={source.number}>
              <button type="button" disabled={!source.slug && !safe(source.url)} onClick={() => open(source)} title={source.quote}>
                <span class="cite">{source.number}</span>
                <span dir="auto">{source.title}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** What becomes of a message that is not acknowledged yet. */
function Fate({ item, ends }: { item: Pending; ends: boolean }) {
  const { client, say } = useChat();
  const offline = useChats(({ link }) => link === "offline") && !navigator.onLine;
  if (!item.failed) return ends ? <p class="time">{say(offline ? "waiting" : "sending")}</p> : null;
  return (
    <p class="time failed" role="alert">
      {say(item.failed === "conversation_closed" ? "closed" : item.failed === "too_large" ? "too_long" : "failed")}
      <button type="button" class="link" onClick={() => client.retry(item.id)}>
        {say("retry")}
      </button>
      <button type="button" class="link" onClick={() => client.discard(item.id)}>
        {say("discard")}
      </button>
    </p>
  );
}

/** Once somebody has answered: how to reach the visitor when he is gone. Asked for, never demanded. */
function Address() {
  const { client, say } = useChat();
  const email = useChats(({ session }) => session?.email);
  const skipped = useChats(({ kept }) => kept.skipped);
  const [given, give] = useState<string>();
  const [wrong, refuse] = useState(false);
  if (given) return <p class="state done" role="status">{say("email_saved", { email: given })}</p>;
  if (email || skipped) return null;
  const save = (event: SubmitEvent): void => {
    event.preventDefault();
    const field = (event.currentTarget as HTMLFormElement).elements.namedItem("email") as HTMLInputElement;
    const address = field.value.trim();
    refuse(false);
    client.declare(address).then(
      () => give(address),
      () => refuse(true),
    );
  };
  return (
    <form class="card address" onSubmit={save}>
      <label for="lacasa-email">{say("email")}</label>
      <button type="button" class="plain" onClick={() => client.remember({ skipped: true })}>
        {say("skip")}
      </button>
      <input id="lacasa-email" name="email" type="email" required autocomplete="email" maxLength={254} dir="ltr" placeholder="you@example.com" aria-invalid={wrong} />
      <button type="submit" class="fill">
        {say("save")}
      </button>
      {wrong && (
        <p class="failed" role="alert">
          {say("email_wrong")}
        </p>
      )}
    </form>
  );
}

import { useEffect, useState } from "preact/hooks";
import { ago } from "../shared/time.ts";
import type { VisitorConversation } from "../shared/wire.ts";
import { useChat, useChats } from "./context.ts";
import { Articles, Ask, Avatar, Failure, Icon, IconButton, Skeleton, useFetched } from "./parts.tsx";
import { listed, unreadIn } from "./state.ts";

/** Greeting, the ways to ask, and what was asked before. */
export function Home() {
  const { say, go, close, full } = useChat();
  const config = useChats(({ session }) => session?.config);
  const recent = listed(useChats(({ conversations }) => conversations)).slice(0, 2);
  return (
    <div class="scroll">
      <header class="hero">
        <div class="brand">
          <Avatar name={config?.organization_name ?? ""} />
          <strong dir="auto">{config?.organization_name}</strong>
          {full && <IconButton icon="close" label={say("close_chat")} onClick={close} />}
        </div>
        <h2 tabIndex={-1} data-focus dir="auto">
          {config ? config.greeting || say("greeting") : ""}
        </h2>
      </header>
      <div class="cards">
        <Ask />
        {recent.length > 0 && (
          <section class="card">
            <h3>{say("recent")}</h3>
            <Conversations items={recent} />
            <button type="button" class="plain" onClick={() => go({ name: "messages" }, true)}>
              {say("all")}
            </button>
          </section>
        )}
        <section class="card">
          <Search short />
        </section>
      </div>
    </div>
  );
}

const WAIT_MS = 250; // the visitor is still typing

export function Search({ short = false }: { short?: boolean }) {
  const { client, say } = useChat();
  const [typed, type] = useState("");
  const [words, search] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => search(typed.trim()), typed ? WAIT_MS : 0);
    return () => clearTimeout(timer);
  }, [typed]);
  const { value, failed, again } = useFetched(() => client.search(words), words);
  return (
    <>
      <label class="search">
        <Icon name="search" />
        <input type="search" placeholder={say("search")} aria-label={say("search")} value={typed} maxLength={300} onInput={({ currentTarget }) => type(currentTarget.value)} />
      </label>
      <div role="status">{value && words ? <h3>{say(value.length ? "results" : "nothing_found")}</h3> : !short && <h3>{say("articles")}</h3>}</div>
      {failed ? <Failure retry={again} /> : value ? <Articles hits={short && !words ? value.slice(0, 4) : value} /> : <Skeleton />}
      {value?.length === 0 && words && !short && <Ask />}
    </>
  );
}

export function Conversations({ items }: { items: readonly VisitorConversation[] }) {
  const { say, go, locale } = useChat();
  const chats = useChats((state) => state);
  return (
    <ul class="rows">
      {items.map((each) => {
        const unread = unreadIn(chats, each);
        const last = chats.threads[each.token]?.messages.at(-1);
        return (
          <li key={each.token}>
            <button type="button" class={unread ? "line unread" : "line"} onClick={() => go({ name: "thread", group: each.token })}>
              <Avatar name={last?.sender_type === "user" ? last.sender_name : (chats.session?.config.organization_name ?? "")} ai={each.handler === "ai"} />
              <span class="about">
                <strong dir="auto">{each.subject || say("conversation")}</strong>
                <small>
                  {each.status === "resolved" || each.status === "closed" ? `${say(`${each.status}_short`)} · ` : ""}
                  {ago(each.last_activity_at, locale)}
                </small>
              </span>
              {unread > 0 && <span class="count">{unread}</span>}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

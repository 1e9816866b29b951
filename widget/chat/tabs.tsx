import { useChat, useChats } from "./context.ts";
import { Conversations, Search } from "./home.tsx";
import { Failure, Icon, IconButton, Skeleton, newGroup } from "./parts.tsx";
import { listed } from "./state.ts";

export function Help() {
  const { say } = useChat();
  return (
    <div class="scroll">
      <TabHead title={say("help")} />
      <div class="cards flat">
        <Search />
      </div>
    </div>
  );
}

export function Messages() {
  const { client, say, go } = useChat();
  const items = listed(useChats(({ conversations }) => conversations));
  const known = useChats(({ listed }) => listed);
  const trouble = useChats(({ trouble }) => trouble);
  return (
    <>
      <TabHead title={say("messages")} />
      <div class="scroll">
        {items.length > 0 ? (
          <Conversations items={items} />
        ) : known ? (
          <div class="empty">
            <Icon name="messages" />
            <strong>{say("none")}</strong>
            <p>{say("none_hint")}</p>
          </div>
        ) : trouble ? (
          <Failure retry={client.reconnect} />
        ) : (
          <Skeleton lines={4} />
        )}
      </div>
      <button type="button" class="fill wide" onClick={() => go({ name: "thread", group: newGroup() })}>
        {say("send_us")}
      </button>
    </>
  );
}

function TabHead({ title }: { title: string }) {
  const { say, close, full } = useChat();
  return (
    <header class="head tab">
      <h2 tabIndex={-1} data-focus>
        {title}
      </h2>
      {full && <IconButton icon="close" label={say("close_chat")} onClick={close} />}
    </header>
  );
}

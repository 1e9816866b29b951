import type { ComponentChildren } from "preact";
import { useChat } from "./context.ts";
import { IconButton } from "./parts.tsx";

/** The head of a view that is not a tab. */
export function Head({ title, sub, children }: { title: string; sub?: string | undefined; children?: ComponentChildren }) {
  const { say, back, close, full } = useChat();
  return (
    <header class="head">
      <IconButton icon="back" label={say("back")} onClick={back} />
      {children}
      <div class="titles">
        <h2 tabIndex={-1} data-focus dir="auto">
          {title}
        </h2>
        {sub && <p dir="auto">{sub}</p>}
      </div>
      {full && <IconButton icon="close" label={say("close_chat")} onClick={close} />}
    </header>
  );
}

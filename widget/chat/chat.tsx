import { render } from "preact";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { accent } from "../shared/color.ts";
import type { Command, Start } from "../shared/launcher.ts";
import { client as make, type Client } from "./client.ts";
import type * as Reading from "./reading.ts";
import { Home } from "./home.tsx";
import { Chat, useStore, type Context, type View } from "./context.ts";
import css from "./chat.css?inline";
import { Avatar, Failure, Icon, IconButton, Skeleton } from "./parts.tsx";
import { listed, unread, unreadMessages } from "./state.ts";
import { tongue, type Tongue } from "./texts.ts";

const SMALL = "(max-width: 480px)";
const PANES = { light: "#ffffff", dark: "#17171a" };
const TABS = ["home", "messages", "help"] as const;

/** Called once by the loader. */
export async function start(given: Start): Promise<void> {
  const words = await tongue(given.locale);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  const colors = new CSSStyleSheet();
  const reader = new CSSStyleSheet();
  given.root.adoptedStyleSheets.push(sheet, reader, colors);
  const place = document.createElement("div");
  given.root.prepend(place);
  let visitor = 0;
  const draw = (): void => {
    const key = ++visitor;
    render(
      <App
        key={key}
        given={given}
        words={words}
        colors={colors}
        reader={reader}
        reset={draw}
      />,
      place,
    );
  };
  draw();
}

/** The accent colour, readable on both panes; the launcher stands on the page and takes the lighter theme's. */
function paint(brand: string, colors: CSSStyleSheet): [string, string] {
  const rules = Object.values(PANES).map((pane) => {
    const { fill, hover, on, text, soft } = accent(brand, pane);
    return `.panel,.preview{--fill:${fill};--hover:${hover};--on:${on};--accent:${text};--soft:${soft}}`;
  });
  colors.replaceSync(`${rules[0]}@media(prefers-color-scheme:dark){${rules[1]}}`);
  const { fill, on } = accent(brand, PANES.light);
  return [fill, on];
}

interface AppProps {
  given: Start;
  words: Tongue;
  colors: CSSStyleSheet;
  reader: CSSStyleSheet;
  reset: () => void;
}

function App({ given, words, colors, reader, reset }: AppProps) {
  const { queue, show, launcher, root } = given;
  const { say } = words;
  const [client] = useState<Client>(() => make(given.host, given.key));
  const state = useStore(client.state);
  const [open, setOpen] = useState(false);
  const [views, setViews] = useState<readonly View[]>(() => [{ name: "home" }, ...lastView(given.key)]);
  const [dismissed, dismiss] = useState(0);
  const [full, setFull] = useState(() => matchMedia(SMALL).matches);
  const panel = useRef<HTMLElement>(null);
  const listeners = useRef<((count: number) => void)[]>([]);
  const view = views.at(-1)!;
  const count = unread(state);
  const config = state.session?.config;

  const context = useMemo(
    (): Context => ({
      ...words,
      client,
      full,
      go: (next, fresh = false) => setViews((views) => (fresh ? [next] : [...views, next])),
      back: () => setViews((views) => (views.length > 1 ? views.slice(0, -1) : [{ name: "home" }])),
      close: () => setOpen(false),
    }),
    [words, client, full],
  );
  const { go, close } = context;

  const hear = (command: Command): void => {
    if (command[0] === "onUnread") {
      listeners.current.push(command[1]);
      command[1](count);
    } else if (command[0] === "reset") {
      client.forget();
      keepView(given.key, "");
      reset();
    } else {
      if (command[0] === "close") return close();
      const waiting = listed(state.conversations).filter((each) => unreadMessages(state, each).length);
      if (!open && waiting.length === 1) setViews([{ name: "home" }, { name: "thread", group: waiting[0]!.token }]);
      setOpen(true);
    }
  };
  useEffect(() => {
    if (state.trouble !== "origin_not_allowed") return;
    console.warn(`Lacasa: add ${location.origin} to the inbox's websites`);
    root.host.remove();
  }, [state.trouble, root]);
  // In a layout effect: an effect after paint would lose the click that asked for chat.
  useLayoutEffect(() => {
    queue.push = hear;
    queue.waiting.splice(0).forEach(hear);
  });

  const [reading, setReading] = useState<typeof Reading | "failed">();
  const fetchReading = useCallback(() => {
    setReading(undefined);
    import("./reading.ts").then(
      (found) => {
        reader.replaceSync(found.css);
        setReading(found);
      },
      () => setReading("failed"),
    );
  }, [reader]);
  useEffect(() => {
    if (open) fetchReading();
  }, [open, fetchReading]);

  // At once, and again when opened in vain before. What went wrong stands in the state.
  useEffect(() => void client.begin().catch(() => undefined), [client, open]);
  const brand = config?.accent_color;
  useEffect(() => {
    if (!brand) return;
    const colored = paint(brand, colors);
    given.paint(...colored);
    client.remember({ accent: colored });
  }, [brand, client, colors, given]);
  const wasOpen = useRef(false);
  useLayoutEffect(() => {
    show(open, count, say(open ? "close_chat" : count ? "unread" : "open_chat", { count }));
    // Not to what had the focus before: the panel is gone with it. And not sooner: on phones the launcher was hidden.
    if (wasOpen.current && !open) launcher.focus();
    wasOpen.current = open;
  }, [open, count, say, show, launcher]);
  useLayoutEffect(() => listeners.current.forEach((listener) => listener(count)), [count]);
  useEffect(() => {
    const media = matchMedia(SMALL);
    const change = (): void => setFull(media.matches);
    media.addEventListener("change", change);
    return () => media.removeEventListener("change", change);
  }, []);

  const place = view.name === "thread" ? view.group : view.name === "article" ? view.slug : view.name;
  const token = view.name === "thread" ? client.named(view.group) : "";
  useEffect(() => keepView(given.key, token.startsWith("new-") ? "" : token), [given.key, token]);
  const shown = place === "home" || reading ? place : "";
  useLayoutEffect(() => {
    if (!open) return;
    // On a phone the keyboard would jump up and hide the thread.
    const field = full ? null : panel.current!.querySelector<HTMLElement>("[data-write]");
    (field ?? panel.current!.querySelector<HTMLElement>("[data-focus]") ?? panel.current!).focus({ preventScroll: true });
  }, [open, shown, full]);

  const keys = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && !event.isComposing) {
      event.stopPropagation();
      close();
    }
    if (event.key !== "Tab" || !full) return;
    // The panel covers the page: the focus stays in it.
    const stops = [...panel.current!.querySelectorAll<HTMLElement>("a[href],button:not(:disabled),input:not([hidden]),textarea,[tabindex='0']")];
    const end = event.shiftKey ? stops[0] : stops.at(-1);
    if (root.activeElement !== end && root.activeElement !== panel.current) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
  };

  const preview = !open && count > dismissed ? newest(client) : undefined;
  const tab = TABS.find((name) => name === view.name);
  const lost = state.listed && (state.link === "offline" || state.link === "ended") && (state.session?.known || !navigator.onLine);
  // A connection that is back within a moment is not worth a word.
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(Boolean(lost)), lost ? 1000 : 0);
    return () => clearTimeout(timer);
  }, [lost]);

  return (
    <Chat.Provider value={context}>
      <div role="status">
        {preview && (
          <div class="preview">
            <button
              type="button"
              class="said"
              onClick={() => {
                setViews([{ name: "home" }, { name: "thread", group: preview.token }]);
                setOpen(true);
              }}
            >
              <Avatar name={preview.name} ai={preview.ai} />
              <span>
                <strong>{preview.ai ? say("ai_agent") : preview.name}</strong>
                <span dir="auto">{preview.text}</span>
              </span>
            </button>
            <IconButton icon="close" label={say("dismiss")} onClick={() => dismiss(count)} />
          </div>
        )}
      </div>
      {open && (
        <section class="panel" role="dialog" aria-modal={full} aria-label={config?.organization_name ?? say("messages")} tabIndex={-1} ref={panel} onKeyDown={keys}>
          {late && (
            <p class="offline" role="status">
              {say("offline")}
              <button type="button" class="link" onClick={client.reconnect}>
                {say("retry")}
              </button>
            </p>
          )}
          <div class="view" key={place}>
            {view.name === "home" ? (
              <Home />
            ) : reading === "failed" ? (
              <Failure retry={fetchReading} />
            ) : !reading ? (
              <Skeleton lines={5} />
            ) : view.name === "thread" ? (
              <reading.Thread group={view.group} />
            ) : view.name === "article" ? (
              <reading.Article slug={view.slug} />
            ) : view.name === "help" ? (
              <reading.Help />
            ) : (
              <reading.Messages />
            )}
          </div>
          {tab && (
            <nav class="tabs">
              {TABS.map((name) => (
                <button key={name} type="button" aria-current={name === tab ? "page" : undefined} onClick={() => go({ name }, true)}>
                  <Icon name={name} />
                  {say(name)}
                  {name === "messages" && count > 0 && <span class="count">{count}</span>}
                </button>
              ))}
            </nav>
          )}
        </section>
      )}
    </Chat.Provider>
  );
}

const viewKey = (key: string): string => `lacasa.view.${key}`;

/** The conversation that was on screen in this tab before another page came. */
function lastView(key: string): View[] {
  try {
    const group = sessionStorage.getItem(viewKey(key));
    return group ? [{ name: "thread", group }] : [];
  } catch {
    return [];
  }
}

function keepView(key: string, token: string): void {
  try {
    sessionStorage.setItem(viewKey(key), token);
  } catch {
    // no storage: the next page begins at home
  }
}

/** What to show of the newest unread message beside the launcher. */
function newest(client: Client): { token: string; name: string; ai: boolean; text: string } | undefined {
  const state = client.state.get();
  for (const conversation of listed(state.conversations)) {
    const message = unreadMessages(state, conversation).at(-1);
    if (message) {
      const text = message.content.replace(/\[\d+\]|\]\(\S*|[[*_`#]/g, "") || message.files[0]?.name || "";
      return { token: conversation.token, name: message.sender_name, ai: message.sender_type === "ai", text };
    }
  }
  return undefined;
}

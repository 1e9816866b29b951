import type { Api, BootOptions, Chat, Command, Kept, Start } from "../shared/launcher.ts";
import css from "./loader.css?inline";

declare const __CHAT__: string;

const target = window as unknown as { Lacasa?: Api };
const script = (document.currentScript ?? document.querySelector('script[src$="/widget.js"]')) as HTMLScriptElement;
const queue: Start["queue"] = { waiting: [], push: (command) => void queue.waiting.push(command) };

let loading: Promise<void> | undefined;
let start: Start | undefined;

/** Asks for chat once; a failed download may be tried again by the next intent. */
const load = (): void => {
  if (!start) return;
  const given = start;
  loading ??= import(/* @vite-ignore */ new URL(__CHAT__, script.src).href).then(
    (chat: Chat) => chat.start(given),
    () => {
      loading = undefined;
    },
  );
};

function boot({ key, host, position, locale, accent }: BootOptions): void {
  if (start) return;
  const page = document.documentElement;
  const language = locale || page.lang || navigator.language;
  const rtl = /^(ar|fa|he|ur)\b/.test(language) || (!locale && getComputedStyle(page).direction === "rtl");

  const element = document.createElement("lacasa-widget");
  element.lang = language.startsWith("ar") ? "ar" : "en";
  element.dir = rtl ? "rtl" : "ltr";
  const root = element.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];

  const launcher = document.createElement("button");
  launcher.type = "button";
  launcher.ariaHasPopup = "dialog";
  if (position === "start") element.className = "start";
  const badge = document.createElement("span");
  badge.className = "badge";
  const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  icon.setAttribute("viewBox", "0 0 24 24");
  icon.ariaHidden = "true";
  const path = document.createElementNS(icon.namespaceURI, "path");
  icon.append(path);
  launcher.append(icon, badge);
  root.append(launcher);

  const show: Start["show"] = (open, unread, label) => {
    launcher.className = open ? "launcher open" : "launcher";
    launcher.ariaExpanded = String(open);
    launcher.ariaLabel = label;
    path.setAttribute("d", open ? "m6 9 6 6 6-6" : "M12 3.5c-5 0-9 3.4-9 7.7 0 2.5 1.4 4.7 3.5 6.1l-.7 3.4 3.9-2c.7.1 1.5.2 2.3.2 5 0 9-3.4 9-7.7s-4-7.7-9-7.7z");
    badge.hidden = open || !unread;
    badge.textContent = unread > 9 ? "9+" : String(unread);
  };
  const paint: Start["paint"] = (fill, on) => {
    launcher.style.setProperty("--fill", fill);
    launcher.style.setProperty("--on", on);
  };
  show(false, 0, element.lang === "ar" ? "افتح المحادثة" : "Open chat");

  launcher.onpointerenter = launcher.onfocus = load;
  launcher.onclick = () => api(launcher.ariaExpanded === "true" ? "close" : "open");
  start = { root, key, host: host ?? new URL(script.src).origin, locale: language, queue, show, paint, launcher };
  document.body.append(element);

  if (accent) paint(accent, isLight(accent) ? "#16161a" : "#fff");
  try {
    const kept = JSON.parse(localStorage.getItem(`lacasa.chat.${key}`) ?? "{}") as Kept;
    if (kept.accent) paint(...kept.accent);
    // Something unread may be waiting, or something unsent.
    if (kept.known) (window.requestIdleCallback ?? setTimeout)(load);
  } catch {
    // no storage: chat comes with the first intent
  }
  if (queue.waiting.some(([name]) => name !== "onUnread")) load();
}

/** Whether dark reads better on `#rrggbb`; chat knows exactly, and says so once it is there. */
function isLight(color: string): boolean {
  const value = parseInt(color.slice(1), 16);
  return (value >> 16) * 3 + ((value >> 8) & 255) * 6 + (value & 255) > 1500;
}

function say(command: Command): void {
  if (command[0] === "boot") return boot(command[1]);
  queue.push(command);
  if (command[0] !== "onUnread") load();
}

// Before there is a body, commands wait: those of the page's own stub, too.
let early: Command[] | undefined = [...(target.Lacasa?.q ?? [])];
const api: Api = (...command: Command) => (early ? void early.push(command) : say(command));
target.Lacasa = api;

const run = (): void => {
  const { key, locale, position, accent } = script.dataset;
  const said = early ?? [];
  early = undefined;
  if (key) boot({ key, locale, position, accent });
  said.forEach(say);
};
if (document.body) run();
else addEventListener("DOMContentLoaded", run);

/** What loader and chat agree on. Types only: the loader must stay under 2 kB. */

/** What a host page may say: `Lacasa("open")`. Before the script has come, calls may wait in `Lacasa.q`. */
export interface Commands {
  /** Puts the widget on the page, where the script's tag has no `data-key`. */
  boot: (options: BootOptions) => void;
  open: () => void;
  close: () => void;
  /** Called with the number of unread messages, now and whenever it changes. */
  onUnread: (listener: (count: number) => void) => void;
  /** Forgets the visitor: his conversations, what he had not sent yet, and who he is. */
  reset: () => void;
}

export interface BootOptions {
  /** The public key of the inbox. */
  key: string;
  /** Where the server is; unset: where the script came from. */
  host?: string | undefined;
  /** Unset: the page's language, then the browser's. */
  locale?: string | undefined;
  /** The launcher's colour, `#rrggbb`, until chat brings the organization's own. */
  accent?: string | undefined;
  /** The corner: at the end of the line (right, in English) unless it is `start`. */
  position?: string | undefined;
}

export type Command = { [K in keyof Commands]: [K, ...Parameters<Commands[K]>] }[keyof Commands];
export interface Api {
  (...command: Command): void;
  q?: Command[];
}

/** What this browser keeps of a visitor, in localStorage under `lacasa.chat.<key>`. */
export interface Kept {
  token?: string;
  /** Has written before: something unread may be waiting. */
  known?: boolean;
  /** The colours of the launcher and of what stands on it. */
  accent?: [string, string];
  /** The visitor did not want to leave an address. */
  skipped?: boolean;
}

/** What the loader hands to chat when it starts it. */
export interface Start {
  root: ShadowRoot;
  key: string;
  host: string;
  locale: string;
  /** What was said so far, in order; chat replaces `push` to hear the rest. */
  queue: { push: (command: Command) => void; waiting: Command[] };
  /** The launcher shows the state: pressed while open, the number of unread messages, and its name. */
  show: (open: boolean, unread: number, label: string) => void;
  paint: (fill: string, on: string) => void;
  /** The launcher, to give the focus back to. */
  launcher: HTMLElement;
}

export interface Chat {
  start: (start: Start) => Promise<void>;
}

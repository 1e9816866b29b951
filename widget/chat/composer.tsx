import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Problem } from "../shared/problem.ts";
import { isString, load, save } from "../shared/storage.ts";
import { upload } from "../shared/upload.ts";
import type { FileView } from "../shared/wire.ts";
import { useChat } from "./context.ts";
import { Icon, IconButton } from "./parts.tsx";

interface Chosen {
  id: number;
  name: string;
  progress: number;
  file?: FileView;
  stop: AbortController;
}

const FILES_MAX = 10;
const LENGTH_MAX = 10_000;
let ids = 0;

export function Composer({ group, token, limit }: { group: string; token: string; limit: number }) {
  const { client, say } = useChat();
  const draft = `draft.${client.key}.${token.startsWith("new-") ? "new" : token}`;
  const [text, write] = useState(() => load(draft, "", isString));
  const [files, choose] = useState<readonly Chosen[]>([]);
  const [wrong, tell] = useState<string>();
  const [over, drag] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);

  useEffect(() => save(draft, text || undefined), [draft, text]);
  useLayoutEffect(() => {
    const { style } = field.current!;
    style.height = "auto";
    style.height = `${field.current!.scrollHeight}px`;
  }, [text]);
  // What is still on its way when the thread is left belongs to no message.
  const chosen = useRef(files);
  chosen.current = files;
  useEffect(() => () => chosen.current.forEach(({ stop }) => stop.abort()), []);

  function add(list: Iterable<File> | null | undefined): void {
    const added = [...(list ?? [])];
    if (files.length + added.length > FILES_MAX) tell(say("too_many_files", { count: FILES_MAX }));
    else if (added.length) tell(undefined);
    for (const file of added.slice(0, FILES_MAX - files.length)) {
      const { name } = file;
      if (file.size > limit) {
        tell(say("too_large", { name, size: Math.floor(limit / 2 ** 20) }));
        continue;
      }
      const one: Chosen = { id: ++ids, name, progress: 0, stop: new AbortController() };
      const change = (more: Partial<Chosen>): void => choose((all) => all.map((each) => (each.id === one.id ? { ...each, ...more } : each)));
      choose((all) => [...all, one]);
      const url = `${client.host}/api/widget/${client.key}/files?name=${encodeURIComponent(name)}`;
      const type = file.type || "application/octet-stream";
      client
        .visiting(() => upload<FileView>(url, file, { ...client.bearer(), "Content-Type": type }, (progress) => change({ progress }), one.stop.signal))
        .then(
          (file) => change({ file, progress: 1 }),
          (error: unknown) => {
            choose((all) => all.filter(({ id }) => id !== one.id));
            if (!(error instanceof Problem)) return;
            const { code } = error;
            const size = Math.floor(limit / 2 ** 20);
            tell(say(code === "too_large" || code === "unsupported_type" || code === "empty_file" ? code : "upload_failed", { name, size }));
          },
        );
    }
  }

  const busy = files.some(({ file }) => !file);
  const empty = !text.trim() && !files.length;
  const left = LENGTH_MAX - [...text.trim()].length;
  const stopped = empty || busy || left < 0;
  function send(): void {
    if (stopped) return;
    client.write(group, text.trim(), files.map(({ file }) => file!));
    client.typing(token, false);
    write("");
    choose([]);
    tell(undefined);
    field.current!.focus();
  }

  return (
    <form
      class={over ? "composer over" : "composer"}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onDragOver={(event) => {
        event.preventDefault();
        drag(true);
      }}
      onDragLeave={() => drag(false)}
      onDrop={(event) => {
        event.preventDefault();
        drag(false);
        add(event.dataTransfer?.files);
      }}
    >
      {wrong && <p class="failed" role="alert" dir="auto">{wrong}</p>}
      {files.length > 0 && (
        <ul class="chosen">
          {files.map(({ id, name, progress, file, stop }) => (
            <li key={id}>
              <Icon name="file" />
              <span class="name" dir="auto">{name}</span>
              {!file && <progress value={progress} aria-label={say("uploading", { name })} />}
              <IconButton
                icon="close"
                label={say("remove", { name })}
                onClick={() => {
                  stop.abort();
                  choose((all) => all.filter((each) => each.id !== id));
                }}
              />
            </li>
          ))}
        </ul>
      )}
      {left < 500 && (
        <p class={left < 0 ? "failed" : "count"} role="status">
          {say(left < 0 ? "over" : "left", { count: Math.abs(left) })}
        </p>
      )}
      <div class="field">
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          data-write
          value={text}
          aria-invalid={left < 0}
          placeholder={say(over ? "drop" : "write")}
          aria-label={say("write")}
          onInput={({ currentTarget: { value } }) => {
            write(value);
            client.typing(token, value !== "");
          }}
          onPaste={(event) => {
            if (!event.clipboardData?.files.length) return;
            event.preventDefault();
            add(event.clipboardData.files);
          }}
          onKeyDown={(event) => {
            // On touch screens Enter is for lines; the button sends.
            if (event.key !== "Enter" || event.shiftKey || event.isComposing || matchMedia("(pointer: coarse)").matches) return;
            event.preventDefault();
            send();
          }}
        />
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          onChange={({ currentTarget }) => {
            add(currentTarget.files);
            currentTarget.value = "";
          }}
        />
        <IconButton icon="clip" label={say("attach")} onClick={() => picker.current!.click()} />
        <button type="submit" class="round send" aria-label={say("send")} title={say("send")} disabled={stopped}>
          <Icon name="send" />
        </button>
      </div>
    </form>
  );
}

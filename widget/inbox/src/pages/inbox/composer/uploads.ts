import { upload } from "#shared/upload.ts";
import { clientId } from "#shared/ids.ts";
import { store, type Store } from "#shared/store.ts";
import type { FileView } from "#shared/wire.ts";
import { heard } from "../../../api/client.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import type { Mode } from "../../../data/outbox.ts";
import { draftOf, putDraft } from "./drafts.ts";

/** Files on their way to the server; one that has arrived stands in the draft. They go on while another conversation is open. */
export interface Upload {
  id: string;
  name: string;
  /** 0 to 1. */
  share: number;
  error?: string;
  stop: () => void;
}

export const FILES_MAX = 10;
const stores = new Map<string, Store<readonly Upload[]>>();

export function uploadsOf(conversation: number, mode: Mode): Store<readonly Upload[]> {
  const key = `${conversation}.${mode}`;
  let uploads = stores.get(key);
  if (!uploads) stores.set(key, (uploads = store<readonly Upload[]>([])));
  return uploads;
}

export function addFiles(conversation: number, mode: Mode, files: readonly File[]): void {
  const uploads = uploadsOf(conversation, mode);
  const room = FILES_MAX - uploads.get().length - draftOf(conversation, mode).get().files.length;
  for (const file of files.slice(0, Math.max(0, room))) void send(file);

  async function send(file: File): Promise<void> {
    const id = clientId();
    const abort = new AbortController();
    const change = (changes: Partial<Upload>): void => uploads.set(uploads.get().map((each) => (each.id === id ? Object.assign({}, each, changes) : each)));
    const remove = (): void => uploads.set(uploads.get().filter((each) => each.id !== id));
    uploads.set([...uploads.get(), { id, name: file.name, share: 0, stop: () => (abort.abort(), remove()) }]);
    try {
      const url = `/api/files?name=${encodeURIComponent(file.name)}`;
      const stored = await upload<FileView>(url, file, { "content-type": file.type || "application/octet-stream" }, (share) => change({ share }), abort.signal);
      remove();
      const draft = draftOf(conversation, mode).get();
      putDraft(conversation, mode, { ...draft, files: [...draft.files, stored] });
    } catch (error) {
      if (!abort.signal.aborted) change({ error: problemText(heard(error)) });
    }
  }
}

import type { FileView } from "#shared/wire.ts";
import { Progress } from "#ui/progress.tsx";
import { Paperclip, X } from "lucide-react";
import { useLocale } from "../../../i18n/locale.ts";
import { sizeText } from "../../../i18n/size.ts";
import { texts } from "../texts.ts";
import type { Upload } from "./uploads.ts";

interface AttachmentsProps {
  files: readonly FileView[];
  uploads: readonly Upload[];
  remove: (file: FileView) => void;
}

/** What goes with the message: what is there, what is under way, what did not work. */
export function Attachments({ files, uploads, remove }: AttachmentsProps) {
  const t = texts.use();
  const locale = useLocale();
  if (files.length + uploads.length === 0) return null;
  return (
    <ul aria-label={t("files")} className="flex flex-wrap gap-1.5 px-3 pb-2">
      {files.map((file) => (
        <Chip key={file.token} name={file.name} note={sizeText(file.size, locale)} remove={() => remove(file)} />
      ))}
      {uploads.map((each) => (
        <Chip key={each.id} name={each.name} remove={each.stop} {...(each.error ? { error: each.error } : { share: each.share })} />
      ))}
    </ul>
  );
}

interface ChipProps {
  name: string;
  note?: string;
  share?: number;
  error?: string;
  remove: () => void;
}

function Chip({ name, note, share, error, remove }: ChipProps) {
  const t = texts.use();
  return (
    <li className={`flex max-w-64 items-center gap-2 rounded-sm border bg-pane py-1 ps-2 pe-1 text-xs ${error ? "border-danger" : "border-line"}`}>
      <Paperclip className="size-3.5 shrink-0 text-faint" aria-hidden />
      <span className="min-w-0 flex-1">
        <bdi className="block truncate font-medium">{name}</bdi>
        {error && (
          <span role="alert" className="block text-danger">
            {error}
          </span>
        )}
        {share !== undefined && <Progress value={share} label={t("files.uploading", { name })} className="mt-1 w-24" />}
        {note && <span className="block text-faint">{note}</span>}
      </span>
      <button type="button" aria-label={t("files.remove", { name })} onClick={remove} className="rounded-xs p-1 text-faint hover:bg-hover hover:text-ink touch:p-2">
        <X className="size-3.5" aria-hidden />
      </button>
    </li>
  );
}

import type { FileView } from "#shared/wire.ts";
import { File, FileAudio, FileImage, FileText, FileVideo, type LucideIcon } from "lucide-react";
import { createElement } from "react";
import { useLocale } from "../../../i18n/locale.ts";
import { sizeText } from "../../../i18n/size.ts";

function iconOf(type: string): LucideIcon {
  if (type.startsWith("image/")) return FileImage;
  if (type.startsWith("audio/")) return FileAudio;
  if (type.startsWith("video/")) return FileVideo;
  return type.startsWith("text/") || type.includes("pdf") || type.includes("document") ? FileText : File;
}

/** The files of a message: pictures as pictures, all else by name. */
export function Files({ files }: { files: readonly FileView[] }) {
  return (
    <ul className="flex max-w-full flex-col gap-1.5">
      {files.map((file) => (
        <li key={file.token} className="min-w-0">
          {/^image\/(png|jpeg|gif|webp)$/.test(file.content_type) ? (
            <a href={file.url} download={file.name} title={file.name} className="block w-fit overflow-hidden rounded-sm border border-line">
              <img src={file.url} alt={file.name} loading="lazy" className="max-h-64 max-w-full object-contain" />
            </a>
          ) : (
            <FileChip file={file} />
          )}
        </li>
      ))}
    </ul>
  );
}

function FileChip({ file }: { file: FileView }) {
  const locale = useLocale();
  return (
    <a href={file.url} download={file.name} className="flex max-w-72 items-center gap-2.5 rounded-sm border border-line bg-pane px-2.5 py-2 text-sm no-underline! transition-colors hover:bg-sunken">
      {createElement(iconOf(file.content_type), { className: "size-5 shrink-0 text-faint", strokeWidth: 1.75, "aria-hidden": true })}
      <span className="min-w-0">
        <bdi className="block truncate font-medium text-ink">{file.name}</bdi>
        <span className="block text-xs text-muted">{sizeText(file.size, locale)}</span>
      </span>
    </a>
  );
}

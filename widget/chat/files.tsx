import { useEffect, useRef, useState } from "preact/hooks";
import type { FileView } from "../shared/wire.ts";
import { useChat } from "./context.ts";
import { Icon } from "./parts.tsx";

const PICTURE = /^image\/(png|jpeg|gif|webp)$/;
const PICTURE_MAX = 8_000_000; // bytes; larger ones are offered as files

/** "2.4 MB", as the locale has it. */
export function sizeOf(bytes: number, locale: string): string {
  const [unit, size] = bytes < 1e6 ? (["kilobyte", 1e3] as const) : (["megabyte", 1e6] as const);
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 }).format(Math.max(bytes / size, 0.1));
}

export function Attachments({ files }: { files: readonly FileView[] }) {
  const { client, locale } = useChat();
  return (
    <>
      {files.map((file) => (
        <a key={file.token} class="file" href={client.host + file.url} download={file.name} target="_blank" rel="noopener noreferrer">
          {PICTURE.test(file.content_type) && file.size < PICTURE_MAX && <Picture file={file} />}
          <span class="about">
            <Icon name="file" />
            <span class="name" dir="auto">{file.name}</span>
            <small>{sizeOf(file.size, locale)}</small>
          </span>
        </a>
      ))}
    </>
  );
}

/** Drawn on a canvas: the page's policy may forbid images from us, while asking us is always allowed. */
function Picture({ file }: { file: FileView }) {
  const url = useChat().client.host + file.url;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [shown, show] = useState<boolean>();
  useEffect(() => {
    const draw = async (): Promise<void> => {
      const picture = await createImageBitmap(await (await fetch(url)).blob());
      const place = canvas.current;
      if (!place) return;
      const scale = Math.min(1, 480 / picture.width, 400 / picture.height);
      place.width = picture.width * scale;
      place.height = picture.height * scale;
      place.getContext("2d")!.drawImage(picture, 0, 0, place.width, place.height);
      show(true);
    };
    draw().catch(() => show(false));
  }, [url]);
  return shown === false ? null : <canvas ref={canvas} role="img" aria-label={file.name} class={shown ? "" : "skeleton"} />;
}

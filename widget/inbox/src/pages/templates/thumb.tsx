import { SandboxedPage } from "#ui/sandboxed-page.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import { Mail } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { lookQuery } from "./data.ts";
import { useFramed } from "./frame.ts";
import { texts } from "./texts.ts";

/** A template, small. It is drawn once it comes into sight; for the eye alone, as its name stands under it. */
export function Thumb({ id, version }: { id: number; version: number }) {
  const box = useRef<HTMLDivElement>(null);
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    if (!box.current) return undefined;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setSeen(true), { rootMargin: "200px" });
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  const { data, isError } = useQuery({ ...lookQuery(id, version), enabled: isSeen });
  return (
    <div ref={box} aria-hidden inert className="relative h-44 overflow-hidden rounded-t-md border-b border-line bg-sunken">
      {data ? (
        <Miniature html={data.html} />
      ) : isError ? (
        <Mail className="absolute inset-0 m-auto size-8 text-faint" strokeWidth={1.25} aria-hidden />
      ) : (
        <div className="flex flex-col gap-3 p-6">
          <Skeleton className="w-1/2" />
          <Skeleton className="h-16 w-full" />
          <Skeleton className="w-2/3" />
        </div>
      )}
    </div>
  );
}

/** As wide as a mail program would show it, then made small. */
function Miniature({ html }: { html: string }) {
  const t = texts.use();
  const page = useFramed(html, false);
  return <SandboxedPage title={t("view.frame")} tabIndex={-1} page={page} className="pointer-events-none absolute start-1/2 top-0 h-[440px] w-[660px] origin-top -translate-x-1/2 scale-[0.42] rtl:translate-x-1/2" />;
}

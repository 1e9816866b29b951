import { hash } from "#shared/color.ts";
import { Sparkles } from "lucide-react";
import { useState } from "react";
import { cn } from "./cn.ts";

/** The first letters of the first and last word, whatever the script. */
export function initials(name: string): string {
  const words = name.trim().split(/[\s@._-]+/).filter(Boolean);
  const first = [...(words[0] ?? "?")][0] ?? "?";
  const last = words.length > 1 ? ([...(words.at(-1) ?? "")][0] ?? "") : "";
  return (first + last).toLocaleUpperCase();
}

const sizes = { xs: "size-5 text-[9px]", sm: "size-6 text-[10px]", md: "size-8 text-xs", lg: "size-10 text-sm", xl: "size-14 text-lg" } as const;

interface AvatarProps {
  name: string;
  /** What the colour hangs on; the name when missing. */
  seed?: string | number;
  src?: string | null;
  size?: keyof typeof sizes;
  kind?: "person" | "ai";
  /** A dot: who is here now. */
  online?: boolean;
  className?: string;
}

/** Decoration beside a name. Where it stands alone, give the element around it the name. */
export function Avatar({ name, seed, src, size = "md", kind = "person", online = false, className }: AvatarProps) {
  const [broken, setBroken] = useState(false);
  const hue = (hash(String(seed ?? name)) % 24) * 15;
  return (
    <span className={cn("relative inline-flex shrink-0 select-none", className)} aria-hidden>
      <span
        className={cn(
          "inline-flex items-center justify-center overflow-hidden rounded-full leading-none font-semibold",
          sizes[size],
          kind === "ai" ? "bg-ai-soft text-ai" : "bg-[oklch(0.91_0.045_var(--hue))] text-[oklch(0.38_0.09_var(--hue))] dark:bg-[oklch(0.32_0.055_var(--hue))] dark:text-[oklch(0.87_0.07_var(--hue))]",
        )}
        style={{ "--hue": hue } as React.CSSProperties}
      >
        {kind === "ai" ? (
          <Sparkles className="size-[55%]" />
        ) : src && !broken ? (
          <img src={src} alt="" className="size-full object-cover" onError={() => setBroken(true)} />
        ) : (
          initials(name)
        )}
      </span>
      {online && <span className="absolute -end-px -bottom-px size-2.5 rounded-full border-2 border-pane bg-success" />}
    </span>
  );
}

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { app } from "../i18n/app.ts";
import { Button } from "./button.tsx";

/** Copies a text, and shows that it did. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const t = app.use();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return (
    <Button onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>
      {isCopied ? <Check aria-hidden /> : <Copy aria-hidden />}
      <span aria-live="polite">{isCopied ? t("copied") : (label ?? t("copy"))}</span>
    </Button>
  );
}

import { IconButton } from "#ui/icon-button.tsx";
import { ArrowLeft } from "lucide-react";
import { texts } from "./texts.ts";
import { useKnowledge } from "./use-knowledge.ts";

/** On phones, where list and article take turns. */
export function BackToList() {
  const t = texts.use();
  const { go } = useKnowledge();
  return (
    <IconButton label={t("back")} onClick={() => void go({ article: undefined, sources: undefined })} className="md:hidden">
      <ArrowLeft className="size-5! rtl:-scale-x-100" aria-hidden />
    </IconButton>
  );
}

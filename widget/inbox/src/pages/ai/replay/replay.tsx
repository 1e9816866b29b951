import { ChangedArticle } from "./article.tsx";
import { texts } from "./texts.ts";
import { Threshold } from "./threshold.tsx";
import TriedWriting from "./writing.tsx";

/** What a change would do to questions of the past, before anybody makes it. */
export default function Replay() {
  const t = texts.use();
  return (
    <div className="mx-auto flex w-full max-w-240 flex-col gap-4 p-4 md:p-6">
      <p className="max-w-140 text-sm text-muted">{t("replay.text")}</p>
      <Threshold />
      <ChangedArticle />
      <TriedWriting />
    </div>
  );
}

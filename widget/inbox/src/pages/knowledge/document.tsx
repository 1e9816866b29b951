import type { ArticleView } from "#shared/wire.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Markdown } from "#ui/markdown.tsx";
import { toast } from "#ui/toast.tsx";
import { Copy, ExternalLink } from "lucide-react";
import { useState } from "react";
import { problemText } from "../../i18n/problem-text.ts";
import { BackToList } from "./back.tsx";
import { createArticle } from "./data.ts";
import { texts } from "./texts.ts";
import { useKnowledge } from "./use-knowledge.ts";

/** What was read from a file or a website: changed there, or copied into an article. */
export function Document({ article, mayWrite }: { article: ArticleView; mayWrite: boolean }) {
  const t = texts.use();
  const { go } = useKnowledge();
  const [busy, setBusy] = useState(false);

  const copy = async (): Promise<void> => {
    setBusy(true);
    try {
      const { title, body, category, audience, language = "" } = article;
      await go({ article: (await createArticle({ title, body, category, kind: "article", audience, language })).id });
    } catch (error) {
      toast({ tone: "error", title: t("failed"), text: problemText(error), key: "article" });
      setBusy(false);
    }
  };

  return (
    <>
      <div className="flex min-h-12 shrink-0 items-center gap-2 border-b border-line ps-4 pe-2 max-md:ps-1">
        <BackToList />
        <Badge>{t("kind.document")}</Badge>
        <Badge>{t(`audience.${article.audience}`)}</Badge>
        {mayWrite && (
          <Button className="ms-auto" onClick={() => void copy()} busy={busy}>
            <Copy aria-hidden />
            {t("document.copy")}
          </Button>
        )}
      </div>
      <article className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto max-w-180 px-6 py-8 max-md:px-4">
          <h2 dir="auto" className="mb-1 text-2xl font-semibold wrap-anywhere">
            {article.title}
          </h2>
          <p className="mb-6 text-sm text-muted">
            {t("document.text")}{" "}
            {article.address?.startsWith("https://") && (
              <a href={article.address} target="_blank" rel="noopener noreferrer nofollow" className="inline-flex items-center gap-1 text-accent-text underline underline-offset-2">
                {t("document.open")} <ExternalLink className="size-3.5" aria-hidden />
              </a>
            )}
          </p>
          <Markdown text={article.body} className="gap-3 text-lg" />
        </div>
      </article>
    </>
  );
}

import type { ArticleView } from "#shared/wire.ts";
import { Badge } from "#ui/badge.tsx";
import { Markdown } from "#ui/markdown.tsx";
import { Ago } from "#ui/time.tsx";
import { Suspense } from "react";
import { later } from "../../later.tsx";
import { BackToList } from "./back.tsx";
import { texts } from "./texts.ts";

const Questions = later(() => import("./questions.tsx"));

/** An article for those who may read it and no more. */
export function Reader({ article }: { article: ArticleView }) {
  const t = texts.use();
  return (
    <>
      <div className="flex h-12 shrink-0 items-center gap-2 border-b border-line px-4 max-md:ps-1">
        <BackToList />
        <Badge tone={article.status === "published" ? "success" : "warning"}>{t(`status.${article.status}`)}</Badge>
        <Badge>{t(`audience.${article.audience}`)}</Badge>
        <span className="ms-auto text-xs text-faint">
          <Ago at={article.updated_at} />
        </span>
      </div>
      <article className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto max-w-180 px-6 py-8">
          {article.category && <p className="text-sm text-muted">{article.category}</p>}
          <h2 dir="auto" className="mb-4 text-2xl font-semibold">
            {article.title}
          </h2>
          <Markdown text={article.body} className="mb-8 gap-3 text-lg" />
          <Suspense>
            <Questions article={article} mayWrite={false} />
          </Suspense>
          <p className="mt-8 border-t border-line pt-4 text-sm text-muted">{t("read-only")}</p>
        </div>
      </article>
    </>
  );
}

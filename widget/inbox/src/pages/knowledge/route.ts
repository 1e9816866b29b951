import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { isOneOf } from "#shared/storage.ts";
import type { ArticleSummary } from "#shared/wire.ts";
import { shellRoute } from "../../root.tsx";

export interface KnowledgeSearch {
  q?: string;
  status?: ArticleSummary["status"];
  audience?: ArticleSummary["audience"];
  kind?: ArticleSummary["kind"];
  /** Empty: articles that have none. */
  category?: string;
  /** The article that is open, or `new`. */
  article?: number | "new";
  /** Files and websites are shown. */
  sources?: true;
}

const isStatus = isOneOf<ArticleSummary["status"]>("draft", "published");
const isAudience = isOneOf<ArticleSummary["audience"]>("public", "internal");
const isKind = isOneOf<ArticleSummary["kind"]>("article", "snippet", "document");
const isArticle = (value: unknown): value is number | "new" => value === "new" || Number.isSafeInteger(value);

export const knowledgeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/knowledge",
  validateSearch: ({ q, status, audience, kind, category, article, sources }: Record<string, unknown>): KnowledgeSearch => ({
    ...(typeof q === "string" && q ? { q } : {}),
    ...(isStatus(status) && { status }),
    ...(isAudience(audience) && { audience }),
    ...(isKind(kind) && { kind }),
    ...(typeof category === "string" && { category }),
    ...(sources === true && { sources }),
    ...(isArticle(article) && { article }),
  }),
  component: lazyRouteComponent(() => import("./page.tsx")),
});

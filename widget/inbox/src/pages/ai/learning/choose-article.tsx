import { Badge } from "#ui/badge.tsx";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { Input } from "#ui/field.tsx";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSettled } from "../../../use-settled.ts";
import { foundArticlesQuery } from "./data.ts";
import { texts } from "./texts.ts";

interface ChooseProps {
  title: string;
  text?: string;
  close: () => void;
  chosen: (article: { id: number; title: string }) => void;
}

/** A dialog with all articles, narrowed down by their names. */
export function ChooseArticle({ title, text, close, chosen }: ChooseProps) {
  const t = texts.use();
  const [query, setQuery] = useState("");
  const { data } = useQuery(foundArticlesQuery(useSettled(query).trim()));
  return (
    <Dialog open onOpenChange={(open) => !open && close()}>
      <DialogContent title={title} text={text}>
        <Input type="search" aria-label={t("choose.search")} placeholder={t("choose.search")} value={query} onChange={(event) => setQuery(event.target.value)} />
        <ul aria-label={t("choose.search")} className="mt-2 flex flex-col">
          {data?.items.map((article) => (
            <li key={article.id}>
              <button type="button" onClick={() => chosen(article)} className="flex w-full items-center gap-2 rounded-sm px-2 py-2 text-start text-sm hover:bg-hover">
                <span dir="auto" className="min-w-0 flex-1 truncate">
                  {article.title}
                </span>
                {article.status === "draft" && <Badge tone="outline">{t("gap.draft")}</Badge>}
              </button>
            </li>
          ))}
        </ul>
        {data?.items.length === 0 && <p className="mt-2 text-sm text-muted">{t("choose.none")}</p>}
      </DialogContent>
    </Dialog>
  );
}

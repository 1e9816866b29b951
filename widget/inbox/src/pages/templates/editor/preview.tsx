import type { Content } from "#shared/wire.ts";
import { Skeleton } from "#ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { useQuery } from "@tanstack/react-query";
import { Eye } from "lucide-react";
import { isProblem } from "../../../api/problem.ts";
import { app } from "../../../i18n/app.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { ContactPicker } from "../contact-picker.tsx";
import { previewQuery } from "../data.ts";
import { MailLook } from "../look.tsx";
import { texts } from "../texts.ts";

interface PreviewProps {
  content: Content;
  contact: number | undefined;
  setContact: (contact: number | undefined) => void;
}

/** What is being written, as somebody would get it. While something in it is wrong, as it last could be drawn. */
export function Preview({ content, contact, setContact }: PreviewProps) {
  const t = texts.use();
  const shell = app.use();
  const { data, error, isFetching, refetch } = useQuery(previewQuery(content, contact));
  const isFaulty = isProblem(error) && error.status >= 400 && error.status < 500 && error.code !== "not_found";
  return (
    <section aria-label={t("preview")} className="flex min-h-0 flex-1 flex-col">
      {isFaulty && (
        <p role="note" className="border-b border-line bg-warning-soft px-4 py-1.5 text-xs text-warning">
          {t("preview.faulty")}
        </p>
      )}
      {data ? (
        <MailLook mail={data} end={<ContactPicker value={contact} onChange={setContact} />} />
      ) : isFaulty ? (
        <EmptyState icon={Eye} title={t("preview.none")} text={t("preview.none.text")} />
      ) : error ? (
        <ErrorState title={t("preview.error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} />
      ) : (
        <div role="status" aria-label={shell("loading")} className="flex flex-col gap-4 p-6">
          <Skeleton className="h-8 w-full" />
          <Skeleton className="h-72 w-full" />
        </div>
      )}
      <p className="border-t border-line px-4 py-1.5 text-xs text-faint">{t("preview.images")}</p>
    </section>
  );
}

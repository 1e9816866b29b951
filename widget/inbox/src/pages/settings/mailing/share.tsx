import type { TopicView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { CopyButton } from "#ui/copy-button.tsx";
import { DialogContent } from "#ui/dialog.tsx";
import { ExternalLink } from "lucide-react";
import { texts } from "./texts.ts";

const entities: Record<string, string> = { "&": "&amp;", '"': "&quot;", "<": "&lt;" };
const escaped = (text: string): string => text.replace(/[&"<]/g, (mark) => entities[mark] ?? mark);

/** How people sign up for a topic: by a page of ours, or by a form on theirs. */
export function Share({ topic }: { topic: TopicView }) {
  const t = texts.use();
  const form = `<form method="post" action="${escaped(topic.form)}">
  <label>${escaped(t("form.label"))}
    <input type="email" name="email" required maxlength="254" autocomplete="email">
  </label>
  <button>${escaped(t("form.button"))}</button>
</form>`;
  return (
    <DialogContent size="lg" title={t("share.of", { name: topic.name })} text={t("share.text")}>
      <div className="flex flex-col gap-5">
        <Code title={t("share.link")} text={topic.form}>
          <Button asChild>
            <a href={topic.form} target="_blank" rel="noreferrer">
              <ExternalLink aria-hidden />
              {t("share.open")}
            </a>
          </Button>
        </Code>
        <Code title={t("share.form")} text={form} />
        <figure className="flex flex-col gap-1.5">
          <figcaption className="text-sm font-medium">{t("share.preview")}</figcaption>
          <div inert className="flex flex-col gap-3 rounded-md border border-line bg-sunken p-6 max-sm:p-4">
            <p className="text-lg font-semibold">
              <bdi>{topic.name}</bdi>
            </p>
            {topic.description && <p dir="auto" className="text-sm wrap-anywhere">{topic.description}</p>}
            <p className="text-sm font-medium">{t("form.label")}</p>
            <span dir="ltr" className="h-10 rounded-sm border border-line-strong bg-pane" />
            {topic.text && <p dir="auto" className="text-xs whitespace-pre-wrap wrap-anywhere text-muted">{topic.text}</p>}
            <span className="inline-flex h-10 items-center self-start rounded-sm bg-accent px-4 text-sm font-medium text-accent-on">{t("form.button")}</span>
          </div>
        </figure>
      </div>
    </DialogContent>
  );
}

function Code({ title, text, children }: { title: string; text: string; children?: React.ReactNode }) {
  const t = texts.use();
  return (
    <section className="flex flex-col gap-1.5">
      <h3 className="text-sm font-medium">{title}</h3>
      <pre dir="ltr" className="rounded-sm border border-line bg-sunken p-2.5 font-mono text-xs break-all whitespace-pre-wrap">
        {text}
      </pre>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={text} label={t("copy.what", { what: title })} />
        {children}
      </div>
    </section>
  );
}

import type { WholeMail as Whole } from "#shared/wire.ts";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { ErrorState } from "#ui/states.tsx";
import { Tab, TabPanel, Tabs, TabsList } from "#ui/tabs.tsx";
import { useQuery } from "@tanstack/react-query";
import { problemText } from "../../../i18n/problem-text.ts";
import { wholeMailQuery } from "../mails.ts";
import { texts } from "../texts.ts";

/** In a frame that runs nothing, sends nothing and loads nothing: whatever cleaning missed has nowhere to go. */
const FRAME = `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light"><style>body{margin:16px;font:14px/1.5 system-ui,sans-serif;color:#111;background:#fff;overflow-wrap:anywhere}img{max-width:100%}pre{white-space:pre-wrap;font:inherit}</style>`;

/** A received mail as its sender made it, its plain text, and all its headers. */
export default function WholeMail({ message, close }: { message: number; close: () => void }) {
  const t = texts.use();
  const { data, error, isFetching, refetch } = useQuery(wholeMailQuery(message));
  return (
    <Dialog open onOpenChange={close}>
      <DialogContent title={t("mail.whole")} text={t("mail.whole.text")} size="lg">
        {data ? <Parts mail={data} /> : error ? <ErrorState title={t("mail.error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} /> : <SkeletonRows avatar={false} rows={6} />}
      </DialogContent>
    </Dialog>
  );
}

function Parts({ mail }: { mail: Whole }) {
  const t = texts.use();
  return (
    <Tabs defaultValue="page" className="flex flex-col gap-3">
      <TabsList aria-label={t("mail.whole")}>
        <Tab value="page">{t("mail.page")}</Tab>
        <Tab value="text">{t("mail.plain")}</Tab>
        <Tab value="headers">{t("mail.headers")}</Tab>
      </TabsList>
      <TabPanel value="page" className="flex flex-col gap-2">
        {mail.remote_images > 0 && <p className="text-sm text-muted">{t("mail.images", { count: mail.remote_images })}</p>}
        <iframe title={t("mail.page")} sandbox="allow-popups allow-popups-to-escape-sandbox" srcDoc={FRAME + mail.page} className="h-[45dvh] w-full rounded-sm border border-line bg-white" />
      </TabPanel>
      <TabPanel value="text">
        <pre dir="auto" className="max-h-[45dvh] overflow-auto rounded-sm border border-line bg-sunken p-3 font-mono text-xs whitespace-pre-wrap">
          {mail.text}
        </pre>
      </TabPanel>
      <TabPanel value="headers">
        <dl dir="ltr" className="max-h-[45dvh] overflow-auto rounded-sm border border-line bg-sunken p-3 font-mono text-xs">
          {mail.headers.map(({ name, value }, place) => (
            <div key={place} className="wrap-anywhere">
              <dt className="inline font-semibold">{name}: </dt>
              <dd className="inline">{value}</dd>
            </div>
          ))}
        </dl>
      </TabPanel>
    </Tabs>
  );
}

import type { WholeMail as Whole } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { SandboxedPage } from "#ui/sandboxed-page.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { ErrorState } from "#ui/states.tsx";
import { Tab, TabPanel, Tabs, TabsList } from "#ui/tabs.tsx";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../../api/client.ts";
import { queries } from "../../../data/queries.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { wholeMailQuery } from "../mails.ts";
import { texts } from "../texts.ts";

/** In a frame that runs nothing, sends nothing and loads nothing but images from our own server: whatever cleaning missed has nowhere to go. */
const FRAME = `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data: ${location.origin}/mail-images/; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light"><style>body{margin:16px;font:14px/1.5 system-ui,sans-serif;color:#111;background:#fff;overflow-wrap:anywhere}img{max-width:100%}pre{white-space:pre-wrap;font:inherit}</style>`;

/** A received mail as its sender made it, its plain text, and all its headers. */
export default function WholeMail({ message, close }: { message: number; close: () => void }) {
  const t = texts.use();
  const [asked, setAsked] = useState(false);
  const { data, error, isFetching, refetch } = useQuery(wholeMailQuery(message, asked));
  return (
    <Dialog open onOpenChange={close}>
      <DialogContent title={t("mail.whole")} text={t("mail.whole.text")} size="lg">
        {data ? <Parts mail={data} message={message} show={() => setAsked(true)} busy={isFetching} /> : error ? <ErrorState title={t("mail.error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} /> : <SkeletonRows avatar={false} rows={6} />}
      </DialogContent>
    </Dialog>
  );
}

interface PartsProps {
  mail: Whole;
  message: number;
  /** Loads the images from elsewhere, this once. */
  show: () => void;
  busy: boolean;
}

function Parts({ mail, message, show, busy }: PartsProps) {
  const t = texts.use();
  return (
    <Tabs defaultValue="page" className="flex flex-col gap-3">
      <TabsList aria-label={t("mail.whole")}>
        <Tab value="page">{t("mail.page")}</Tab>
        <Tab value="text">{t("mail.plain")}</Tab>
        <Tab value="headers">{t("mail.headers")}</Tab>
      </TabsList>
      <TabPanel value="page" className="flex flex-col gap-2">
        {mail.remote_images > 0 && <Images mail={mail} message={message} show={show} busy={busy} />}
        <SandboxedPage title={t("mail.page")} sandbox="allow-popups allow-popups-to-escape-sandbox" page={FRAME + mail.page} className="h-[45dvh] w-full rounded-sm border border-line" />
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

/** Whether images from elsewhere are loaded: no, this once, or always for this sender. */
function Images({ mail, message, show, busy }: PartsProps) {
  const t = texts.use();
  const [deciding, setDeciding] = useState(false);
  const [problem, setProblem] = useState("");
  const decide = async (always: boolean): Promise<void> => {
    setDeciding(true);
    setProblem("");
    try {
      await api.put("/api/messages/{message_id}/mail/images", { path: { message_id: message }, body: { always } });
      if (always) show();
      await queries.invalidateQueries({ queryKey: ["mail"] });
    } catch (error) {
      setProblem(problemText(error));
    } finally {
      setDeciding(false);
    }
  };
  return (
    <div className="flex flex-wrap items-center gap-2 text-sm text-muted">
      <p className="min-w-0 flex-1 basis-60">{mail.loads_images ? t("mail.images.shown") : t("mail.images", { count: mail.remote_images })}</p>
      {!mail.loads_images && (
        <Button size="sm" busy={busy} onClick={show}>
          {t("mail.images.show")}
        </Button>
      )}
      {mail.address && (
        <Button size="sm" variant="ghost" busy={deciding} onClick={() => void decide(!mail.always)} className="max-w-full min-w-0">
          <span className="truncate">{t(mail.always ? "mail.images.never" : "mail.images.always", { address: mail.address })}</span>
        </Button>
      )}
      {problem && (
        <p role="alert" className="basis-full text-danger">
          {problem}
        </p>
      )}
    </div>
  );
}

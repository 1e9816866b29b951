import { clock, day, full } from "#shared/time.ts";
import type { InboxView, MailView } from "#shared/wire.ts";
import { Badge, type Tone } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Checkbox, Choice } from "#ui/choice.tsx";
import { DialogContent } from "#ui/dialog.tsx";
import { Field, Input } from "#ui/field.tsx";
import { focusOnMount } from "#ui/focus.ts";
import { EmptyState } from "#ui/states.tsx";
import { Tab, TabPanel, Tabs, TabsList } from "#ui/tabs.tsx";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Mail } from "lucide-react";
import { useState } from "react";
import { api } from "../../../api/client.ts";
import { inboxesQuery } from "../../../data/people.ts";
import { queries } from "../../../data/queries.ts";
import { app } from "../../../i18n/app.ts";
import { useLocale } from "../../../i18n/locale.ts";
import { ADDRESS, emailQuery } from "../email-query.ts";
import { Fetching } from "../fetching/fetching.tsx";
import { mailReason } from "../mail-reasons.ts";
import { attempt, Loaded } from "../parts.tsx";
import { Sending } from "../sending/sending.tsx";
import { texts } from "../texts.ts";
import { WaysIn } from "./ways-in.tsx";

type MailState = MailView["state"];

const tones: Record<MailState, Tone> = { received: "info", threaded: "success", created: "success", ignored: "neutral", quarantined: "warning" };
const STATES = Object.keys(tones) as MailState[];

/** The address of an inbox, and every mail that came for it. */
export default function Email({ inbox, close }: { inbox: InboxView; close: () => void }) {
  const t = texts.use();
  const isConnected = inbox.channel === "email";
  const query = useQuery({ ...emailQuery(inbox.id), enabled: isConnected });
  return (
    <DialogContent title={t("inboxes.email.of", { name: inbox.name })} text={t("inboxes.email.text")} size="lg">
      {isConnected ? (
        <Loaded query={query}>
          {(email) => (
            <div className="flex flex-col gap-6">
              <Address key={email.address} inbox={inbox} address={email.address} from={email.from_name} numbers={email.numbers_subjects} checks={email.checks_senders} close={close} />
              <WaysIn address={email.address} isOpen={email.last_received_at === null} />
              <Fetching inbox={inbox.id} />
              <Sending inbox={inbox.id} />
              <Ledger inbox={inbox.id} />
            </div>
          )}
        </Loaded>
      ) : (
        <Address inbox={inbox} address="" from="" numbers={false} checks close={close} />
      )}
    </DialogContent>
  );
}

interface AddressProps {
  inbox: InboxView;
  address: string;
  from: string;
  numbers: boolean;
  /** Whether this installation learns from its mail server who wrote a mail. */
  checks: boolean;
  close: () => void;
}

function Address({ inbox, address: before, from: fromBefore, numbers: numbersBefore, checks, close }: AddressProps) {
  const t = texts.use();
  const shell = app.use();
  const [address, setAddress] = useState(before);
  const [from, setFrom] = useState(fromBefore);
  const [numbers, setNumbers] = useState(numbersBefore);
  const [busy, setBusy] = useState(false);
  const isFit = ADDRESS.test(address.trim());
  const save = async (): Promise<void> => {
    if (busy || !isFit) return;
    setBusy(true);
    const kept = await attempt(() => api.put("/api/inboxes/{inbox_id}/email", { path: { inbox_id: inbox.id }, body: { address: address.trim(), from_name: from.trim(), numbers_subjects: numbers } }));
    setBusy(false);
    if (!kept) return;
    void queries.invalidateQueries(inboxesQuery);
    void queries.invalidateQueries(emailQuery(inbox.id));
    close();
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field label={t("inboxes.email.address")} hint={t("inboxes.email.address.hint")}>
        {(ids) => <Input {...ids} ref={focusOnMount} type="email" dir="ltr" value={address} maxLength={254} placeholder="support@example.com" onChange={(event) => setAddress(event.target.value)} />}
      </Field>
      <Field label={t("inboxes.email.from")} hint={t("inboxes.email.from.hint")}>
        {(ids) => <Input {...ids} value={from} maxLength={80} onChange={(event) => setFrom(event.target.value)} />}
      </Field>
      <Choice label={t("inboxes.email.numbers")} hint={t("inboxes.email.numbers.hint")}>
        {(ids) => <Checkbox {...ids} checked={numbers} onCheckedChange={(on) => setNumbers(on === true)} />}
      </Choice>
      {numbers && !checks && <p className="text-xs text-warning">{t("inboxes.email.numbers.unchecked")}</p>}
      <div className="flex justify-end">
        <Button variant="primary" type="submit" busy={busy} disabled={!isFit}>
          {shell("save")}
        </Button>
      </div>
    </form>
  );
}

function Ledger({ inbox }: { inbox: number }) {
  const t = texts.use();
  const [state, setState] = useState<MailState | "all">("all");
  const key = ["mails", "of-inbox", inbox, state];
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ signal, pageParam }) => api.get("/api/inboxes/{inbox_id}/mails", { path: { inbox_id: inbox }, query: { state: state === "all" ? null : state, before: pageParam }, signal }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
  });
  const retry = async (mail: MailView): Promise<void> => {
    await attempt(() => api.post("/api/mails/{mail_id}/retry", { path: { mail_id: mail.id } }));
    await queries.invalidateQueries({ queryKey: key });
  };
  return (
    <Tabs value={state} onValueChange={(chosen) => setState(chosen as MailState | "all")} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h3 className="font-medium">{t("inboxes.email.ledger")}</h3>
        <TabsList aria-label={t("mails.filter")}>
          <Tab value="all">{t("mails.all")}</Tab>
          {STATES.map((each) => (
            <Tab key={each} value={each}>
              {t(`mails.state.${each}`)}
            </Tab>
          ))}
        </TabsList>
      </div>
      <TabPanel value={state} className="flex flex-col gap-3">
        <Loaded query={query}>
          {({ pages }) => {
            const mails = pages.flatMap(({ items }) => items);
            return mails.length === 0 ? (
              <EmptyState icon={Mail} title={t("inboxes.email.none")} text={t("inboxes.email.none.text")} />
            ) : (
              <ul className="flex flex-col divide-y divide-line">
                {mails.map((mail) => (
                  <Row key={mail.id} mail={mail} retry={() => void retry(mail)} />
                ))}
              </ul>
            );
          }}
        </Loaded>
        {query.hasNextPage && (
          <Button onClick={() => void query.fetchNextPage()} busy={query.isFetchingNextPage} className="self-center">
            {t("mails.more")}
          </Button>
        )}
      </TabPanel>
    </Tabs>
  );
}

function Row({ mail, retry }: { mail: MailView; retry: () => void }) {
  const t = texts.use();
  const locale = useLocale();
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 text-sm">
      <span className="min-w-0 flex-1 basis-60">
        {mail.conversation_id === null ? (
          <bdi className="block truncate font-medium">{mail.subject || "—"}</bdi>
        ) : (
          <Link to="/inbox/$conversation" params={{ conversation: String(mail.conversation_id) }} title={t("mails.conversation")} className="block truncate font-medium text-accent-text hover:underline touch:py-1.5">
            <bdi>{mail.subject || "—"}</bdi>
          </Link>
        )}
        <bdi className="block truncate text-xs text-muted">{mail.sender || mail.mail_from || "—"}</bdi>
        {mail.reason && <span className="block text-xs text-muted first-letter:uppercase">{mailReason(mail)}</span>}
      </span>
      <time dateTime={mail.received_at} title={full(mail.received_at, locale)} className="text-xs text-faint">
        {day(mail.received_at, locale)} {clock(mail.received_at, locale)}
      </time>
      <Badge tone={tones[mail.state]}>{t(`mails.state.${mail.state}`)}</Badge>
      <a href={`/api/mails/${mail.id}/raw`} download className="text-xs text-accent-text underline underline-offset-2">
        {t("mails.raw")}
      </a>
      {(mail.state === "quarantined" || mail.state === "ignored") && (
        <Button size="sm" onClick={retry}>
          {t("mails.retry")}
        </Button>
      )}
    </li>
  );
}

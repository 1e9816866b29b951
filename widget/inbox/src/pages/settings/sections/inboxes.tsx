import type { InboxView } from "#shared/wire.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Segmented } from "#ui/choice.tsx";
import { CopyButton } from "#ui/copy-button.tsx";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { Field, Input, Textarea } from "#ui/field.tsx";
import { focusOnMount } from "#ui/focus.ts";
import { EmptyState } from "#ui/states.tsx";
import { useQuery } from "@tanstack/react-query";
import { Inbox, Mail, MessageCircle } from "lucide-react";
import { Suspense, useState } from "react";
import { AlertBadge, AlertLines } from "../../../alerts/alerts.tsx";
import { api } from "../../../api/client.ts";
import { inboxesQuery } from "../../../data/people.ts";
import { queries } from "../../../data/queries.ts";
import { app } from "../../../i18n/app.ts";
import { later } from "../../../later.tsx";
import { useIsRole } from "../../../session/session.ts";
import { ADDRESS, emailQuery } from "../email-query.ts";
import { Members } from "../members.tsx";
import { organizationQuery } from "../organization.ts";
import { attempt, Loaded, Part } from "../parts.tsx";
import { texts } from "../texts.ts";

const Email = later(() => import("./email.tsx"));
const Continuity = later(() => import("./continuity.tsx"));
type Kind = "chat" | "email";
const FROM_MAX = 80;
const ORIGIN = /^(\*|https?:\/\/[A-Za-z0-9.\-[\]:]+)$/;

export default function Inboxes() {
  const t = texts.use();
  const query = useQuery(inboxesQuery);
  const mayEdit = useIsRole("admin");
  const [editing, setEditing] = useState<InboxView | Kind>();
  const [mailing, setMailing] = useState<number>();
  const [leaving, setLeaving] = useState<InboxView>();
  const mailed = query.data?.find(({ id }) => id === mailing);
  const add = mayEdit && (
    <>
      <Button onClick={() => setEditing("chat")}>
        <MessageCircle aria-hidden />
        {t("inboxes.add.chat")}
      </Button>
      <Button onClick={() => setEditing("email")}>
        <Mail aria-hidden />
        {t("inboxes.add.email")}
      </Button>
    </>
  );
  return (
    <>
      {add && query.data?.length !== 0 && <div className="mb-4 flex flex-wrap justify-end gap-2">{add}</div>}
      <Loaded query={query}>
        {(inboxes) =>
          inboxes.length === 0 ? (
            <EmptyState icon={Inbox} title={t(mayEdit ? "inboxes.empty.admin.title" : "inboxes.empty.title")} text={t(mayEdit ? "inboxes.empty.admin.text" : "inboxes.empty.text")} action={add} />
          ) : (
            inboxes.map((inbox) => (
              <Part
                key={inbox.id}
                title={inbox.name}
                text={inbox.greeting}
                actions={
                  mayEdit && (
                    <div className="flex flex-wrap gap-3">
                      {inbox.channel === "chat" && (
                        <Button onClick={() => setLeaving(inbox)} aria-label={t("inboxes.left.of", { name: inbox.name })}>
                          {t("inboxes.left")}
                        </Button>
                      )}
                      <Button onClick={() => setMailing(inbox.id)} aria-label={t("inboxes.email.of", { name: inbox.name })}>
                        {t("inboxes.email")}
                      </Button>
                      <Button onClick={() => setEditing(inbox)} aria-label={t("inboxes.edit", { name: inbox.name })}>
                        {t("edit")}
                      </Button>
                    </div>
                  )
                }
              >
                {mayEdit && inbox.channel === "email" && <Address inbox={inbox.id} />}
                <p className="flex flex-wrap gap-1.5">
                  <AlertBadge inbox={inbox.id} />
                  <Badge tone={inbox.ai_enabled ? "ai" : "neutral"}>{t(!inbox.ai_enabled ? "inboxes.ai.off" : inbox.ai_mode === "suggest" ? "inboxes.ai.suggests" : "inboxes.ai.on")}</Badge>
                  <Badge>{inbox.access === "everyone" ? t("inboxes.everyone") : t("teams.members", { count: inbox.member_ids.length })}</Badge>
                  {inbox.channel === "chat" && <Badge>{inbox.allowed_origins.length === 0 ? t("inboxes.anywhere") : t("inboxes.sites", { count: inbox.allowed_origins.length })}</Badge>}
                </p>
                <AlertLines inbox={inbox.id} />
                {inbox.channel === "chat" && <Snippet code={inbox.snippet} />}
              </Part>
            ))
          )
        }
      </Loaded>
      <Dialog open={editing !== undefined} onOpenChange={() => setEditing(undefined)}>
        {editing && (
          <Edit
            inbox={typeof editing === "string" ? undefined : editing}
            kind={typeof editing === "string" ? editing : editing.channel === "email" ? "email" : "chat"}
            close={() => setEditing(undefined)}
            connected={setMailing}
          />
        )}
      </Dialog>
      <Dialog open={mailed !== undefined} onOpenChange={() => setMailing(undefined)}>
        <Suspense>{mailed && <Email inbox={mailed} close={() => setMailing(undefined)} />}</Suspense>
      </Dialog>
      <Dialog open={leaving !== undefined} onOpenChange={() => setLeaving(undefined)}>
        <Suspense>{leaving && <Continuity inbox={leaving} close={() => setLeaving(undefined)} />}</Suspense>
      </Dialog>
    </>
  );
}

/** Where an inbox is written to. */
function Address({ inbox }: { inbox: number }) {
  const { data } = useQuery(emailQuery(inbox));
  return <p className="min-h-5 text-sm text-muted wrap-anywhere">{data && <bdi>{data.address}</bdi>}</p>;
}

function Snippet({ code }: { code: string }) {
  const t = texts.use();
  return (
    <div>
      <p className="mb-1.5 text-sm text-muted">{t("inboxes.snippet")}</p>
      <div className="flex items-start gap-2 rounded-sm border border-line bg-sunken p-2 ps-3">
        <pre dir="ltr" className="min-w-0 flex-1 py-1 font-mono text-xs break-all whitespace-pre-wrap">
          {code}
        </pre>
        <CopyButton text={code} />
      </div>
    </div>
  );
}

interface EditProps {
  /** None: a new one. */
  inbox: InboxView | undefined;
  kind: Kind;
  close: () => void;
  /** A new one has its address. */
  connected: (inbox: number) => void;
}

function Edit({ inbox, kind, close, connected }: EditProps) {
  const t = texts.use();
  const shell = app.use();
  const [name, setName] = useState(inbox?.name ?? "");
  const [address, setAddress] = useState("");
  // Made already, while its address was refused.
  const [made, setMade] = useState<InboxView>();
  const [greeting, setGreeting] = useState(inbox?.greeting ?? "");
  const [origins, setOrigins] = useState((inbox?.allowed_origins ?? []).join("\n"));
  const [access, setAccess] = useState<InboxView["access"]>(inbox?.access ?? "everyone");
  const [members, setMembers] = useState(inbox?.member_ids ?? []);
  const [ai, setAi] = useState<InboxView["ai_mode"] | "off">(inbox?.ai_enabled === false ? "off" : (inbox?.ai_mode ?? "answer"));
  const [busy, setBusy] = useState(false);

  const sites = origins.split(/\s+/).filter(Boolean).map((site) => site.replace(/\/+$/, ""));
  const wrong = sites.find((site) => !ORIGIN.test(site));

  const wantsAddress = kind === "email" && !inbox;
  const isFit = name.trim() !== "" && wrong === undefined && (!wantsAddress || ADDRESS.test(address.trim()));
  const save = async (): Promise<void> => {
    if (busy || !isFit) return;
    setBusy(true);
    const body = { name: name.trim(), greeting: greeting.trim(), allowed_origins: sites, access, member_ids: members, ai_enabled: ai !== "off", ai_mode: ai === "off" ? (inbox?.ai_mode ?? "answer") : ai };
    const known = inbox ?? made;
    const kept = await attempt(async () => {
      const saved = await (known ? api.patch("/api/inboxes/{inbox_id}", { path: { inbox_id: known.id }, body }) : api.post("/api/inboxes", { body }));
      if (!wantsAddress) return;
      setMade(saved);
      // Customers read it before the address; it can be changed in the dialog that follows.
      const organization = await queries.ensureQueryData(organizationQuery);
      await api.put("/api/inboxes/{inbox_id}/email", { path: { inbox_id: saved.id }, body: { address: address.trim(), from_name: [...organization.name].slice(0, FROM_MAX).join(""), numbers_subjects: false } });
      connected(saved.id);
    });
    setBusy(false);
    void queries.invalidateQueries(inboxesQuery);
    if (kept) close();
  };

  return (
    <DialogContent
      title={inbox ? t("inboxes.edit", { name: inbox.name }) : t(`inboxes.add.${kind}`)}
      footer={
        <>
          <Button onClick={close}>{shell("cancel")}</Button>
          <Button variant="primary" type="submit" form="edit-inbox" busy={busy} disabled={!isFit}>
            {shell("save")}
          </Button>
        </>
      }
    >
      <form
        id="edit-inbox"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field label={t("name")} hint={t("inboxes.name.hint")}>
          {(ids) => <Input {...ids} ref={focusOnMount} value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />}
        </Field>
        {wantsAddress && (
          <Field label={t("inboxes.email.address")} hint={t("inboxes.email.address.hint")}>
            {(ids) => <Input {...ids} type="email" dir="ltr" value={address} maxLength={254} placeholder="support@example.com" onChange={(event) => setAddress(event.target.value)} />}
          </Field>
        )}
        {kind === "chat" && (
          <>
            <Field label={t("inboxes.greeting")} hint={t("inboxes.greeting.hint")}>
              {(ids) => <Textarea {...ids} value={greeting} maxLength={300} onChange={(event) => setGreeting(event.target.value)} className="min-h-16" />}
            </Field>
            <Field label={t("inboxes.origins")} hint={t("inboxes.origins.hint")} error={wrong === undefined ? undefined : t("inboxes.origins.wrong", { site: wrong })}>
              {(ids) => <Textarea {...ids} value={origins} dir="ltr" placeholder="https://www.example.com" onChange={(event) => setOrigins(event.target.value)} className="min-h-16 font-mono text-sm" />}
            </Field>
          </>
        )}
        <div className="flex flex-col gap-1.5">
          <div className="flex flex-wrap items-center justify-between gap-3">
            <span className="text-sm font-medium">{t("inboxes.ai")}</span>
            <Segmented
              aria-label={t("inboxes.ai")}
              value={ai}
              onChange={setAi}
              options={[
                { value: "answer", label: t("inboxes.ai.answer") },
                { value: "suggest", label: t("inboxes.ai.suggest") },
                { value: "off", label: t("inboxes.ai.none") },
              ]}
            />
          </div>
          <p role="status" className="text-xs text-faint">
            {t(ai === "off" ? "inboxes.ai.hint" : `inboxes.ai.${ai}.hint`)}
          </p>
        </div>
        <div className="flex flex-wrap items-center justify-between gap-3">
          <span className="text-sm font-medium">{t("inboxes.access")}</span>
          <Segmented
            aria-label={t("inboxes.access")}
            value={access}
            onChange={setAccess}
            options={[
              { value: "everyone", label: t("inboxes.everyone") },
              { value: "members", label: t("inboxes.members") },
            ]}
          />
        </div>
        {access === "members" && <Members label={t("members")} value={members} onChange={setMembers} />}
      </form>
    </DialogContent>
  );
}

import type { ContactChanges, ConversationView } from "#shared/wire.ts";
import { Avatar } from "#ui/avatar.tsx";
import { Badge } from "#ui/badge.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { ErrorState } from "#ui/states.tsx";
import { Ago } from "#ui/time.tsx";
import { toast } from "#ui/toast.tsx";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ExternalLink } from "lucide-react";
import { contactQuery, nameOf, updateContact } from "../../../data/contacts.ts";
import { app } from "../../../i18n/app.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { texts } from "../texts.ts";
import { Editable } from "./editable.tsx";
import { Fact, Section } from "./section.tsx";

const EMAIL = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;
const PHONE = /^[0-9+() ./-]*$/;

/** Who writes. */
export function ContactCard({ conversation }: { conversation: ConversationView }) {
  const t = texts.use();
  const shell = app.use();
  if (conversation.contact_id === null) {
    return <p className="px-4 py-4 text-sm text-muted">{t("contact.gone")}</p>;
  }
  return (
    <Section title={t("contact")}>
      <div className="mb-2 flex items-center gap-3">
        <Avatar name={conversation.contact_name || shell("visitor")} seed={conversation.contact_id} size="lg" />
        <div className="min-w-0">
          <p className="truncate font-semibold">{conversation.contact_name || shell("visitor")}</p>
          <Link
            to="/contacts"
            search={{ contact: conversation.contact_id }}
            className="inline-flex items-center gap-1 text-xs text-accent-text underline-offset-2 hover:underline [&_svg]:size-3"
          >
            {t("contact.open")}
            <ExternalLink className="rtl:-scale-x-100" aria-hidden />
          </Link>
        </div>
      </div>
      <Facts id={conversation.contact_id} />
    </Section>
  );
}

function Facts({ id }: { id: number }) {
  const t = texts.use();
  const { data: contact, error, isFetching, refetch } = useQuery(contactQuery(id));
  if (!contact) {
    if (error) return <ErrorState title={t("contact.error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} className="py-4" />;
    return (
      <div className="flex flex-col gap-4 py-2">
        <Skeleton className="w-3/4" />
        <Skeleton className="w-1/2" />
        <Skeleton className="w-2/3" />
      </div>
    );
  }

  const save = async (changes: ContactChanges): Promise<boolean> => {
    try {
      await updateContact(id, changes);
      return true;
    } catch (problem) {
      toast({ tone: "error", title: t("contact.failed"), text: problemText(problem), key: "contact" });
      return false;
    }
  };
  const refuse = (title: string): Promise<boolean> => {
    toast({ tone: "warning", title, key: "contact" });
    return Promise.resolve(false);
  };
  const name = `${contact.first_name} ${contact.last_name}`.trim();
  const custom = Object.entries(contact.custom_fields);

  return (
    <>
      <dl className="flex flex-col gap-px">
        <Fact label={t("contact.name")}>
          <Editable
            label={t("contact.name")}
            value={name}
            empty={t("contact.none")}
            maxLength={160}
            save={(next) => {
              const [first = "", ...rest] = next.split(/\s+/);
              return save({ first_name: first, last_name: rest.join(" ") });
            }}
          />
        </Fact>
        <Fact label={t("contact.email")}>
          <Editable
            label={t("contact.email")}
            type="email"
            dir="ltr"
            value={contact.email ?? ""}
            empty={t("contact.none")}
            maxLength={254}
            save={(next) => (next === "" || EMAIL.test(next) ? save({ email: next || null }) : refuse(t("contact.email.wrong")))}
          />
        </Fact>
        <Fact label={t("contact.phone")}>
          <Editable
            label={t("contact.phone")}
            type="tel"
            dir="ltr"
            value={contact.phone ?? ""}
            empty={t("contact.none")}
            maxLength={40}
            save={(next) => (PHONE.test(next) ? save({ phone: next || null }) : refuse(t("contact.phone.wrong")))}
          />
        </Fact>
        <Fact label={t("contact.tags")}>
          <Editable
            label={t("contact.tags")}
            value={contact.tags.join(", ")}
            empty={t("contact.none")}
            maxLength={500}
            save={(next) => save({ tags: [...new Set(next.split(",").map((tag) => tag.trim()).filter(Boolean))] })}
          />
        </Fact>
        {contact.order_count > 0 && (
          <Fact label={t("contact.orders")}>
            <span className="px-1.5 tabular-nums">
              {contact.order_count} · {contact.total_order_value}
            </span>
          </Fact>
        )}
        <Fact label={t("contact.since")}>
          <span className="px-1.5">
            <Ago at={contact.created_at} />
          </span>
        </Fact>
        {custom.map(([key, value]) => (
          <Fact key={key} label={key}>
            <span className="px-1.5 wrap-anywhere">{String(value)}</span>
          </Fact>
        ))}
        {contact.subscription_status !== "subscribed" && (
          <Fact label={t("contact.mail")}>
            <Badge tone="warning" className="ms-1.5">
              {t(`contact.${contact.subscription_status}`)}
            </Badge>
          </Fact>
        )}
      </dl>
      {nameOf(contact) === "" && <p className="mt-2 text-xs text-faint">{t("contact.unknown")}</p>}
    </>
  );
}
